package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.api.Bounds;
import io.nephio.recovery.clusters.Trouble;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says a thing once, where {@code kubectl describe} shows it, and in the log. */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger("io.nephio.recovery.Events");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final String CONTROLLER = "recovery.nephio.io/operator";
  private static final int LONGEST_NOTE = 1000;
  private static final int LONGEST_NAME = 240;

  private final KubernetesClient client;
  private final String instance;
  private final InstantSource clock;

  enum Type {
    Normal,
    Warning
  }

  Events(KubernetesClient client, String instance, InstantSource clock) {
    this.client = client;
    this.instance = instance;
    this.clock = clock;
  }

  /** An event that cannot be written is lost, and nothing else is. */
  void say(HasMetadata about, Type type, String reason, String action, String note) {
    String name = about.getMetadata().getName();
    LOG.info("{} {}: {}: {}", about.getKind(), name, reason, note);
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(about.getMetadata().getNamespace())
            .withGenerateName(name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-")
            .endMetadata()
            .withEventTime(new MicroTime(MICROS.format(clock.instant())))
            .withReportingController(CONTROLLER)
            .withReportingInstance(instance)
            .withType(type.name())
            .withReason(reason)
            .withAction(action)
            .withNote(Bounds.cut(note, LONGEST_NOTE))
            .withRegarding(
                new ObjectReferenceBuilder()
                    .withApiVersion(about.getApiVersion())
                    .withKind(about.getKind())
                    .withNamespace(about.getMetadata().getNamespace())
                    .withName(name)
                    .withUid(about.getMetadata().getUid())
                    .build())
            .build();
    try {
      client.events().v1().events().resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.warn("the event {} of {} could not be written: {}", reason, name, Trouble.text(e));
    }
  }
}
