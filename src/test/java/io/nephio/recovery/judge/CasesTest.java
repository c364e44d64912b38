package io.nephio.recovery.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many cases the judges have: rows of objects, thresholds and an instant, with their verdict. A
 * row that is read in both contracts of Cluster API is two; a test without rows is none.
 */
class CasesTest {
  private static final List<Class<?>> TABLES =
      List.of(
          ClusterJudgeTest.class,
          ControlPlaneJudgeTest.class,
          MachineJudgeTest.class,
          MachineCasesTest.class,
          HealthCheckCasesTest.class,
          NodeJudgeTest.class,
          NodeCasesTest.class,
          PodJudgeTest.class,
          WorkloadJudgeTest.class,
          CrdJudgeTest.class);

  @Test
  void thereAreEnoughOfThem() {
    int all = 0;
    for (Class<?> table : TABLES) {
      int rows = Stream.of(table.getDeclaredMethods()).mapToInt(CasesTest::rows).sum();
      assertThat(rows).as(table.getSimpleName()).isPositive();
      all += rows;
    }
    assertThat(all).isGreaterThanOrEqualTo(150);
  }

  private static int rows(Method test) {
    CsvSource lines = test.getAnnotation(CsvSource.class);
    ValueSource words = test.getAnnotation(ValueSource.class);
    MethodSource table = test.getAnnotation(MethodSource.class);
    if (lines != null) {
      return lines.value().length;
    }
    if (words != null) {
      return words.strings().length;
    }
    return table == null ? 0 : rows(test.getDeclaringClass(), table.value()[0]);
  }

  private static int rows(Class<?> of, String table) {
    try {
      return (int) ((Stream<?>) of.getDeclaredMethod(table).invoke(null)).count();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(table, e);
    }
  }
}
