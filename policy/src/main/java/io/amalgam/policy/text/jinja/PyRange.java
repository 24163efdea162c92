package io.amalgam.policy.text.jinja;

import java.util.List;

/** The numbers of a {@code range}, written out. */
record PyRange(String written, List<Object> items) {}
