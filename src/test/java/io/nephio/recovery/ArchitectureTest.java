package io.nephio.recovery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Field;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which way the arrows between the packages go, and what the pure ones keep out. */
@AnalyzeClasses(
    packages = "io.nephio.recovery",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.nephio.recovery.";
  private static final String[] PURE = {
    ROOT + "facts..",
    ROOT + "judge..",
    ROOT + "plan..",
    ROOT + "lifecycle..",
    ROOT + "record..",
    ROOT + "yaml..",
    ROOT + "rules.."
  };

  @ArchTest
  static final ArchRule ARROWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("api")
          .definedBy(ROOT + "api..")
          .layer("facts")
          .definedBy(ROOT + "facts..")
          .layer("judge")
          .definedBy(ROOT + "judge..")
          .layer("plan")
          .definedBy(ROOT + "plan..")
          .layer("lifecycle")
          .definedBy(ROOT + "lifecycle..")
          .layer("record")
          .definedBy(ROOT + "record..")
          .layer("git")
          .definedBy(ROOT + "git..")
          .layer("gitea")
          .definedBy(ROOT + "gitea..")
          .layer("clusters")
          .definedBy(ROOT + "clusters..")
          .layer("observe")
          .definedBy(ROOT + "observe..")
          .layer("execute")
          .definedBy(ROOT + "execute..")
          .layer("operator")
          .definedBy(ROOT + "operator..")
          .layer("yaml")
          .definedBy(ROOT + "yaml..")
          .layer("rules")
          .definedBy(ROOT + "rules..")
          .layer("fn")
          .definedBy(ROOT + "fn..")
          .layer("cli")
          .definedBy(ROOT + "cli..")
          .whereLayer("api")
          .mayNotAccessAnyLayer()
          .whereLayer("yaml")
          .mayNotAccessAnyLayer()
          .whereLayer("rules")
          .mayOnlyAccessLayers("yaml")
          .whereLayer("fn")
          .mayOnlyAccessLayers("yaml", "rules")
          .whereLayer("facts")
          .mayOnlyAccessLayers("api")
          .whereLayer("judge")
          .mayOnlyAccessLayers("api", "facts")
          .whereLayer("plan")
          .mayOnlyAccessLayers("api", "facts", "judge")
          // What is said at the end is Markdown, with foreign text in it.
          .whereLayer("lifecycle")
          .mayOnlyAccessLayers("api", "facts", "judge", "plan", "record")
          .whereLayer("record")
          .mayOnlyAccessLayers("api", "facts", "judge", "plan", "yaml")
          .whereLayer("git")
          .mayOnlyAccessLayers("api", "facts", "judge", "plan", "record")
          .whereLayer("gitea")
          .mayOnlyAccessLayers("api", "facts", "judge", "plan", "record", "git")
          .whereLayer("clusters")
          .mayOnlyAccessLayers("api", "facts")
          // Files hold the policy and the ledger too, and those are the plan's values.
          .whereLayer("observe")
          .mayOnlyAccessLayers("api", "facts", "judge", "plan", "clusters", "yaml", "rules")
          .whereLayer("execute")
          .mayOnlyAccessLayers("api", "facts", "judge", "plan", "lifecycle", "clusters")
          .whereLayer("fn")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("operator")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .allowEmptyShould(true)
          .because("what is decided must not depend on how it was seen or how it is done");

  @ArchTest
  static final ArchRule THE_FUNCTION_STANDS_ALONE =
      classes()
          .that()
          .resideInAnyPackage(ROOT + "yaml..", ROOT + "rules..", ROOT + "fn..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "yaml..",
              ROOT + "rules..",
              ROOT + "fn..",
              "org.snakeyaml.engine..",
              "org.jspecify..",
              "java..")
          .because("its jar holds nothing else, so that it starts fast");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching(ROOT + "(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .because("packages that need each other are one package");

  @ArchTest
  static final ArchRule PURE_PACKAGES_REACH_NOTHING =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8.kubernetes.client..", "org.eclipse.jgit..")
          .allowEmptyShould(true)
          .because("a plan made from files must be the plan the operator makes");

  @ArchTest
  static final ArchRule PURE_PACKAGES_HOLD_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .allowEmptyShould(true)
          .because("the instant is given, so that the same input gives the same plan");

  @ArchTest
  static final ArchRule PURE_PACKAGES_ASK_FOR_NO_TIME =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .allowEmptyShould(true)
          .because("the instant is given, so that the same input gives the same plan");

  @ArchTest
  static final ArchRule GIT_KNOWS_NO_KUBERNETES =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "git..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..")
          .allowEmptyShould(true)
          .because("a push works the same from a laptop as from a pod");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl")
          .allowEmptyShould(true)
          .because("such a name hides that the class has no one purpose");

  /** What is static is shared by every thread. */
  @ArchTest
  static final ArchRule SHARED =
      fields()
          .that()
          .areStatic()
          .should(
              new ArchCondition<>("hold no collection that a thread may change under another") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                  boolean safe = !CHANGEABLE.contains(held(field));
                  events.add(new SimpleConditionEvent(field, safe, field.getFullName()));
                }
              });

  private static final Set<Class<?>> CHANGEABLE =
      Set.of(
          HashMap.class,
          LinkedHashMap.class,
          TreeMap.class,
          HashSet.class,
          LinkedHashSet.class,
          TreeSet.class,
          ArrayList.class);

  private static Class<?> held(JavaField of) {
    Field field = of.reflect();
    boolean collection =
        Map.class.isAssignableFrom(field.getType())
            || Collection.class.isAssignableFrom(field.getType());
    try {
      field.setAccessible(true);
      Object value = collection ? field.get(null) : null;
      return value == null ? Void.class : value.getClass();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
