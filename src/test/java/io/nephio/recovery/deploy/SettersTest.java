package io.nephio.recovery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The function apply-setters is an image; what it would find in the packages can be told without.
 */
class SettersTest {
  static Stream<KptPackage> packages() {
    return Stream.of(KptPackage.OPERATOR, KptPackage.POLICY);
  }

  /** So that rendering a fresh package changes nothing. */
  @ParameterizedTest
  @MethodSource("packages")
  void everyMarkedValueIsTheOneOfItsSetters(KptPackage kpt) {
    Map<String, String> setters = kpt.setters();
    assertThat(kpt.marks())
        .isNotEmpty()
        .allSatisfy(m -> assertThat(m.value()).as(m.file()).isEqualTo(m.expanded(setters)));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void everySetterSetsSomething(KptPackage kpt) {
    assertThat(kpt.marks().stream().flatMap(m -> m.setters().stream()).collect(Collectors.toSet()))
        .isEqualTo(kpt.setters().keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void noValueOfASetterStaysBehind(KptPackage kpt) {
    var other = new TreeMap<String, String>();
    kpt.setters().keySet().forEach(name -> other.put(name, "other-" + name));
    List<String> fields = kpt.set(other).lines().filter(l -> !l.strip().startsWith("#")).toList();
    assertThat(fields)
        .noneSatisfy(
            line -> assertThat(line).containsAnyOf(kpt.setters().values().toArray(String[]::new)));
  }
}
