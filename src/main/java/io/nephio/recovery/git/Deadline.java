package io.nephio.recovery.git;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An end to a whole exchange. JGit's timeout is for one read, so a server that sends a byte now and
 * then holds a call for ever, and an interrupt does not end it. The thread is given up instead, and
 * whoever called must give up what that thread was writing to.
 */
record Deadline(Duration limit) {

  static final class PassedException extends InterruptedIOException {
    PassedException(String message) {
      super(message);
    }
  }

  <T> T run(Callable<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "git");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new PassedException("no end after " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PassedException("interrupted");
    } catch (ExecutionException e) {
      throw cause(e.getCause());
    }
  }

  private static IOException cause(@Nullable Throwable cause) {
    if (cause instanceof IOException io) {
      return io;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException(cause);
  }
}
