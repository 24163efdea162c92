package io.amalgam.policy.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Reads the body of an answer piece by piece, and ends it when nothing arrives for too long. At
 * most one piece is held in memory.
 */
final class Stalls implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  /** What the connection's thread hands over: a piece, the end, or a failure. */
  private record Event(List<ByteBuffer> piece, boolean last, Optional<Throwable> failure) {}

  private final Duration longest;

  /** Pieces are asked for one by one, so that no event finds this full. */
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(4);

  private volatile Optional<Flow.Subscription> subscription = Optional.empty();

  Stalls(Flow.Publisher<List<ByteBuffer>> body, Duration longest) {
    this.longest = longest;
    body.subscribe(this);
  }

  /** The next bytes; empty at the end. */
  List<ByteBuffer> next() throws IOException, InterruptedException {
    Event event = events.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    if (event == null) {
      throw new IOException("nothing arrived for " + seconds());
    }
    if (event.failure.isPresent()) {
      throw new IOException("the connection broke", event.failure.get());
    }
    if (!event.last) {
      subscription.ifPresent(s -> s.request(1));
    }
    return event.piece;
  }

  private String seconds() {
    return longest.toMillis() < 1000 ? longest.toMillis() + " ms" : longest.toSeconds() + " s";
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = Optional.of(given);
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> piece) {
    events.offer(new Event(piece, false, Optional.empty()));
  }

  @Override
  public void onError(Throwable failure) {
    events.offer(new Event(List.of(), true, Optional.of(failure)));
  }

  @Override
  public void onComplete() {
    events.offer(new Event(List.of(), true, Optional.empty()));
  }

  /** Closes the connection if the body has not ended. */
  @Override
  public void close() {
    subscription.ifPresent(Flow.Subscription::cancel);
  }
}
