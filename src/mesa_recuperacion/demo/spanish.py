"""Invented people of an invented branch in Mexico City.  Numbers after ``55 0`` are nobody's."""

from __future__ import annotations

from mesa_recuperacion.demo.texts import PINS, Known, Texts, Worker

TEXTS = Texts(
    branch_name="Sucursal Centro",
    business="Casa Lumbre",
    zone="America/Mexico_City",
    workers=(
        Worker("Ana Torres", "agent", PINS[0]),
        Worker("Bruno Díaz", "agent", PINS[1]),
        Worker("Carla Vega", "supervisor", PINS[2]),
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
    phone="550",
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
    others=("La página no acepta su contraseña", "Un anuncio decía otro precio", "El repartidor fue descortés"),
    reasons=(
        "Solo quería que se corrigiera", "Prefirió que no; quedó tranquila", "Era una duda, no un daño",
        "Dijo que con la solución basta",
    ),
    content=(
        "Todo llegó bien, gracias", "Ya quedó, muy amables", "Sí, funciona perfecto", "Llegó antes de lo dicho",
        "Quedó muy bien, gracias por llamar",
    ),
    discontent=("Volvió a llegar incompleto", "Todavía no lo recibo", "La nueva factura también trae un error"),
    repeats=Known("Marta Ruiz Soto", "5512340078"),
    never=Known("Marta Robles", "5599881210"),
    refund=Known("Julián Peña", "5501447720", "billing_error", "refund_overcharge", "Cobraron dos veces: $240"),
    arrival=Known("Rosa Medina", "5501893316", "missing_product", "send_missing", "Faltaron las dos repisas"),
    visit=Known("Óscar Núñez", "5502236149", "service_not_provided", "first_slot", "El técnico no llegó el martes"),
    bill=Known("Elena Salas", "5500671182", "billing_error", "correct_bill", "La factura trae otro nombre"),
    waiting=Known("Lucía Prado", "5503318876", "wrong_delivery", "", "Espera a Almacén: buscan su pedido"),
    cut_off=Known("Iván Soto", "5504902257", "damaged_product", "replace_product", "Se cortó la llamada"),
    second_desk=(
        Known("Nuria Campos", "5505570913", "wrong_delivery", "deliver_right", "Llegó otro color"),
        Known("Félix Arroyo", "5506128840", "damaged_product", "repair_product", "No cierra la puerta"),
    ),
)  # fmt: skip
