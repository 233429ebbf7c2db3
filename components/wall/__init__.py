"""The wall (大屏): three screens for a room, without menus, links or anything that moves."""
