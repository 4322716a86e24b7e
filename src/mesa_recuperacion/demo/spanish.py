"""Invented people of an invented branch in Mexico City.  Numbers after ``55 0`` are nobody's."""

from __future__ import annotations

from mesa_recuperacion.demo.texts import PINS, Idea, Inquiry, Known, Texts, Worker

TEXTS = Texts(
    branch_name="Sucursal Centro",
    business="Casa Lumbre",
    zone="America/Mexico_City",
    workers=(
        Worker("Ana Torres", "agent", PINS[0]),
        Worker("Bruno Díaz", "agent", PINS[1]),
        Worker("Carla Vega", "supervisor", PINS[2]),
        Worker("Delia Solís", "agent", PINS[3]),
        Worker("Efraín Mora", "agent", PINS[4], left=True),
    ),
    firsts=(
        "Adriana", "Agustín", "Alejandra", "Álvaro", "Amalia", "Andrés", "Ángela", "Antonio", "Araceli", "Beatriz",
        "Benjamín", "Camila", "Carmen", "César", "Cristóbal", "Damián", "Delia", "Diego", "Efraín", "Emilia",
        "Esteban", "Fabiola", "Fermín", "Gabriela", "Germán", "Gloria", "Héctor", "Inés", "Íñigo", "Irene", "Jesús",
        "Joaquín", "Josefina", "Karla", "Leonor", "Lorenzo", "Luz María", "Magdalena", "Manuel", "Mónica", "Nadia",
        "Noé", "Ofelia", "Pablo", "Paulina", "Ramón", "Raquel", "Rocío", "Saúl", "Sofía", "Tomás", "Úrsula",
        "Valentín", "Verónica", "Ximena", "Yolanda",
    ),
    lasts=(
        "Acosta", "Aguilar", "Álvarez", "Arriaga", "Avilés", "Barragán", "Bautista", "Cárdenas", "Castañeda",
        "Cervantes", "Chávez", "Contreras", "Cordero", "De la Rosa", "Del Río", "Domínguez", "Escalante", "Espinoza",
        "Fernández", "Figueroa", "Galván", "Gándara", "Guzmán", "Hernández", "Ibáñez", "Jiménez", "Juárez", "León",
        "López", "Luna", "Macías", "Maldonado", "Márquez", "Mejía", "Montaño", "Muñoz", "Navarro", "Ochoa", "Olvera",
        "Ordóñez", "Pacheco", "Padilla", "Peralta", "Quiñones", "Quiroz", "Ramírez", "Rentería", "Rincón", "Saldívar",
        "Sánchez", "Sepúlveda", "Tapia", "Urióstegui", "Valdés", "Vázquez", "Villaseñor", "Yáñez", "Zamora", "Zúñiga",
    ),
    last_names=2,
    phones=("550",),
    digits=7,
    notes={
        "missing_product": (
            "Faltó la lámpara; era un regalo", "Pidió tres focos y llegaron dos", "La caja venía abierta y sin pilas",
            "No venía el instructivo ni los tornillos", "Faltó el segundo paquete", "Llegó sin el control remoto",
        ),
        "wrong_delivery": (
            "Le llegó el pedido de otra persona", "Pidió la azul y llegó la roja", "Era talla grande y llegó chica",
            "Lo dejaron con el vecino sin avisar", "Llegó otro modelo, más barato",
        ),
        "billing_error": (
            "Le cobraron dos veces el envío", "La factura trae otro RFC", "No aplicaron el descuento ofrecido",
            "Cobraron el seguro que no pidió", "La fecha de la factura no es la de la compra",
        ),
        "service_not_provided": (
            "El técnico no llegó; esperó toda la mañana", "No pasaron a recoger la lavadora",
            "Nadie llamó para la cita", "Pidió permiso en el trabajo y no fueron",
        ),
        "service_cancelled": ("Se enteró de la cancelación al llamar", "Le cancelaron la visita sin decirle"),
        "wrong_service": ("Instalaron en otra pared", "Revisaron el horno y era la estufa"),
        "damaged_product": (
            "Llegó con el vidrio roto", "No enciende; lo probó en dos contactos", "La tapa venía rayada y hundida",
            "Se desarmó al segundo día",
        ),
        "product_return": ("No le quedó; está sin usar", "Lo compró por error, con el sello puesto"),
        "other": ("La música de espera era muy fuerte", "Le hablaron con prisa en la tienda"),
    },
    others=(
        "La página no acepta su contraseña", "No le acepta la contraseña la página", "Página: contraseña no aceptada",
        "Un anuncio decía otro precio", "El anuncio tiene otro precio", "El repartidor fue descortés",
    ),
    reasons=(
        "Solo quería que se corrigiera", "Prefirió que no; quedó tranquila", "Era una duda, no un daño",
        "Dijo que con la solución basta",
    ),
    content=(
        "Todo llegó bien, gracias", "Ya quedó, muy amables", "Sí, funciona perfecto", "Llegó antes de lo dicho",
        "Quedó muy bien, gracias por llamar",
    ),
    discontent=("Volvió a llegar incompleto", "Todavía no lo recibo", "La nueva factura también trae un error"),
    waived=("El servicio no se había cobrado", "Ya se le bonificó en la tienda"),
    exceptions=(
        "Segunda falla del mismo pedido", "Perdió un día de trabajo por esperarnos", "Era el regalo de una boda",
        "Lleva quince años con nosotros y es la primera vez",
    ),
    no_exception=(
        "Con el cupón queda bien cubierto; la llamo yo para explicarlo", "Ya se le devolvió todo y así lo prefirió",
    ),
    stayed=(
        "Agradeció la llamada; sigue con nosotros", "Quería que alguien escuchara; quedó tranquila",
        "Pidió un contacto directo; tiene el mío", "Nos da otra oportunidad; anoté cómo prefiere la entrega",
    ),
    asked={
        "warehouse": ("¿Sale hoy, completo?", "Revisar bien antes de cerrar la caja"),
        "transport": ("¿A qué hora pasan? Que llamen antes", "Entregar solo en mano"),
        "billing": ("Corregir y enviar por correo", "¿Ya se aplicó? Tiene el comprobante a la vista"),
        "service": ("Que sea la primera visita; ya esperó una vez", "Llevar la pieza para no volver dos veces"),
    },
    answers={
        "warehouse": ("Sale en la ruta de la tarde", "Listo y revisado"),
        "transport": ("Pasan entre 10 y 12; llaman antes", "Va en la primera ruta"),
        "billing": ("Aplicado hoy", "Enviada por correo"),
        "service": ("Es la primera visita del día", "Va con la pieza"),
    },
    ideas=(
        Idea("Avisar al cliente cuando su pedido sale, no solo cuando llega", "try", "Lo probamos un mes. Buena idea."),
        Idea("Que la factura salga con el nombre como lo dice el cliente", "accept", "Facturación ya lo cambió."),
        Idea("Dar siempre el cupón más alto", "decline", "Lo que corresponde lo dice cada caso; gracias por pensarlo."),
        Idea("Pedir a Almacén una foto de la caja antes de cerrarla", "try", "Empezamos con lo frágil."),
    ),
    thanks=(
        "Escuchó todo antes de ofrecer nada. Se nota.", "Llamó antes de la hora prometida. Gracias.",
        "Dijo la verdad sobre el plazo y el cliente lo agradeció.", "Retomó un caso difícil con mucha calma.",
    ),
    news="Un caso estacionado vuelve a la vista a los 15 minutos. Antes, a los 30.",
    adopted=Idea(
        "Que lo estacionado vuelva antes: media hora es mucho para quien espera", "accept",
        "Va en la política desde hoy. Gracias, Ana.",
    ),
    waiting_idea="Tener lista la hora de Transporte: la preguntan en casi todas las entregas",
    second_idea="Que el cupón se pueda mandar por mensaje: muchos no tienen dónde apuntar",
    learned=Inquiry(
        "missing_product",
        (
            "Las cajas salen sin revisar contra el pedido", "La revisión se hace al final y ya no da tiempo",
            "La última ruta sale a la misma hora en que cierra el empaque",
        ),
        "Empaque y ruta comparten la última media hora", "process",
        "Cerrar el empaque media hora antes y revisar contra el pedido",
        "Se cierra a las 16:30 desde el lunes; sobra tiempo para revisar.",
        "Faltan menos piezas desde el cambio. Se queda así.",
    ),
    today=Inquiry(
        "wrong_delivery",
        (
            "La etiqueta de un pedido acaba en otro", "Se imprimen todas juntas y se pegan después",
            "La impresora está lejos de la mesa de empaque",
        ),
        "Las etiquetas se imprimen lejos de donde se pegan", "process", "Poner la impresora en la mesa de empaque",
    ),
    more=("Entraron muchas entregas de temporada", "Cubre el turno de la tarde esta semana"),
    read_thanks="Marta dijo que por fin alguien la escuchó.",
    unread_thanks="Félix escribió: todo explicado y sin prisa.",
    repeats=Known("Marta Ruiz Soto", "5512340078"),
    never=Known("Marta Robles", "5599881210"),
    refund=Known("Julián Peña", "5501447720", "billing_error", "refund_overcharge", "Cobraron dos veces: $240"),
    arrival=Known("Rosa Medina", "5501893316", "missing_product", "send_missing", "Faltaron las dos repisas"),
    son=Known("Emilio Medina", "5501893316", "wrong_delivery", "deliver_right", "Llegó otro modelo; vive con su mamá"),
    visit=Known("Óscar Núñez", "5502236149", "service_not_provided", "first_slot", "El técnico no llegó el martes"),
    bill=Known("Elena Salas", "5500671182", "billing_error", "correct_bill", "La factura trae otro nombre"),
    waiting=Known("Lucía Prado", "5503318876", "wrong_delivery", "", "Espera a Almacén: buscan su pedido"),
    cut_off=Known("Iván Soto", "5504902257", "damaged_product", "replace_product", "Se cortó la llamada"),
    above=Known(
        "Hugo Beltrán", "5504415093", "service_cancelled", "new_date",
        "Le cancelaron dos visitas; perdió dos mañanas de trabajo",
    ),
    offered=Known("Teresa Luna", "5502774410", "product_return", "", "Ana le ayudó la otra vez; pide seguir con ella"),
    lost=Known("Pilar Rojas", "5503629901", "service_not_provided", "first_slot", "El técnico no llegó; nadie avisó"),
    unreached=Known(
        "Gabriela Ochoa", "5505013348", "missing_product", "send_missing", "Faltó una silla; contesta por la tarde",
    ),
    twin=Known("Gaby Ochoa", "5505013348", "billing_error", "correct_bill", "Cobraron el envío, que era gratis"),
    second_desk=(
        Known("Nuria Campos", "5505570913", "wrong_delivery", "deliver_right", "Llegó otro color"),
        Known("Félix Arroyo", "5506128840", "damaged_product", "repair_product", "No cierra la puerta"),
    ),
)  # fmt: skip
