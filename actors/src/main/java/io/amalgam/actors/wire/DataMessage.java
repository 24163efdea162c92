package io.amalgam.actors.wire;

/** Marks a message that crosses the network as Protobuf; see {@link DataSerializer}. */
public interface DataMessage {}
