package io.amalgam.verifiers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the verifiers may not know. */
@AnalyzeClasses(
    packages = "io.amalgam.verifiers",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule USABLE_ALONE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.pekko..",
              "ai.djl..",
              "io.amalgam.policy..",
              "io.amalgam.actors..",
              "io.amalgam.proto..");

  @ArchTest
  static final ArchRule NO_PRINTING =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule PYTHON_STANDS_BELOW =
      noClasses()
          .that()
          .resideInAPackage("io.amalgam.verifiers.python..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.amalgam.verifiers.task..", "io.amalgam.verifiers.answer..");
}
