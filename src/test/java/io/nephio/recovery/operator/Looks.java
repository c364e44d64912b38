package io.nephio.recovery.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** What every pass of a policy says of the next one, as its debug log tells. */
final class Looks implements AutoCloseable {
  private static final Pattern TOLD = Pattern.compile(".* looks again in (\\S+) for (.*)");

  private final Logger logger =
      (Logger) LoggerFactory.getLogger(ClusterPolicyReconciler.class.getName());
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          Matcher told = TOLD.matcher(event.getFormattedMessage());
          if (told.matches()) {
            reasons.add(told.group(2));
          }
        }
      };

  Looks() {
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
    logger.setLevel(Level.DEBUG);
  }

  /** Of every pass so far. */
  List<String> reasons() {
    return reasons;
  }

  String last() {
    return reasons.isEmpty() ? "" : reasons.get(reasons.size() - 1);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}
