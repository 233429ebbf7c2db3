// The board lives at the root of its address alone. Told so, Streamlit connects at once; else it first asks at two addresses for the
// server's health and settings, one after the other.
window.__streamlit = { BACKEND_BASE_URL: location.origin, HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false } };
