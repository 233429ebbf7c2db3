"""A Chromium, as in the tests of the browser."""

from tests.browser.conftest import browser as browser
