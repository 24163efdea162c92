package io.amalgam.policy.text.jinja;

import java.util.List;

/** A list; nothing changes it once it is built. */
record PyList(List<Object> items) {}
