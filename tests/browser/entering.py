"""Ways into a running board for tests: through the form in a browser, and by bare requests as a script would."""

import http.client
import re
import ssl
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, StorageState

ANY_CERTIFICATE = ssl.create_default_context()
ANY_CERTIFICATE.check_hostname, ANY_CERTIFICATE.verify_mode = False, ssl.CERT_NONE


@dataclass
class Caller:
    """Somebody who asks with bare requests and keeps the cookies; `origin` is told with every request that writes."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> "Answer":
        """Header names with underscores; a header of "" is left out."""
        url = urlsplit(self.address)
        sent_headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": "text/html",
        }
        sent_headers |= {"Origin": self.address} if method not in ("GET", "HEAD") else {}
        sent_headers |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = (
            http.client.HTTPSConnection(url.hostname or "", url.port, timeout=60, context=ANY_CERTIFICATE)
            if url.scheme == "https"
            else http.client.HTTPConnection(url.hostname or "", url.port, timeout=60)
        )
        connection.request(method, path, body, {name: value for name, value in sent_headers.items() if value})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        for line in answer.headers.get_all("set-cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(
            answer.status,
            {name.lower(): value for name, value in answer.headers.items()},
            answer.headers.get_all("set-cookie") or [],
            content,
        )

    def send(
        self, path: str, form_page: str = "/login", headers: dict[str, str] | None = None, **fields: str
    ) -> "Answer":
        """Opens the page of a form, then sends the form with its token."""
        match = re.search(r'name="form_token" value="(\w+)"', self.ask(form_page).text)
        body = urlencode({"form_token": match.group(1) if match else "", **fields}).encode()
        return self.ask(path, "POST", body, **{"Content_Type": "application/x-www-form-urlencoded", **(headers or {})})

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    set_cookies: list[str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")


def demonstrator(address: str, role: str = "bureau", unit: str | None = None) -> Caller:
    """Somebody who has entered the sample district."""
    caller = Caller(address)
    answer = caller.send("/login", demonstration=role, unit=unit or "")
    assert answer.status == 303, answer.text
    return caller


def state_of_a_visitor(browser: Browser, address: str, role: str = "bureau", unit: str = "") -> StorageState:
    """The cookies of a browser in which somebody has chosen a part, and a unit, on the sign-in page."""
    context = browser.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto("/login")
    if unit:
        page.select_option("select[name=unit]", unit)
    page.click(f"button[value={role}]")
    state = context.storage_state()
    context.close()
    return state
