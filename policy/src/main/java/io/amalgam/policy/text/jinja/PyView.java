package io.amalgam.policy.text.jinja;

import java.util.List;

/** Values with a length and an order but without positions: {@code dict.keys()} and its kin. */
record PyView(String type, List<Object> items) {}
