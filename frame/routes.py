"""Every address of the board's own; the rest is Streamlit's."""

from starlette.routing import Route

from frame import appearance, board_address, files, health, sign_in_routes, single_sign_on_routes, wall


def routes() -> list[Route]:
    return [
        route
        for module in (health, appearance, board_address, sign_in_routes, single_sign_on_routes, files, wall)
        for route in module.routes()
    ]
