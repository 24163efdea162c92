package io.amalgam.actors.wire;

/** Marks a small message that may cross the network as CBOR; it may hold actor references. */
public interface ControlMessage {}
