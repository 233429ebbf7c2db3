"""A Chromium, as in the tests of the browser."""

from tests.browser.conftest import browser as browser
from tests.browser.conftest import chromium as chromium
from tests.browser.conftest import playwright as playwright
