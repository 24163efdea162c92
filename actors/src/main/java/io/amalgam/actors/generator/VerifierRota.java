package io.amalgam.actors.generator;

import io.amalgam.actors.verifier.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** The verifiers there are, one after the other. Not thread-safe. */
final class VerifierRota {
  private final List<ActorRef<Verifier.Command>> verifiers = new ArrayList<>();
  private int next;

  /** Takes in who is there now; whether these are the first after a time without any. */
  boolean replace(Set<ActorRef<Verifier.Command>> present) {
    boolean none = verifiers.isEmpty();
    verifiers.clear();
    verifiers.addAll(present);
    return none && !verifiers.isEmpty();
  }

  /** Whose turn it is. */
  Optional<ActorRef<Verifier.Command>> next() {
    if (verifiers.isEmpty()) {
      return Optional.empty();
    }
    next = (next + 1) % verifiers.size();
    return Optional.of(verifiers.get(next));
  }
}
