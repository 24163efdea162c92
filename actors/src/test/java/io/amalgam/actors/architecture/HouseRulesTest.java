package io.amalgam.actors.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;

/** The module table of docs/architecture.md and the rules of CONTRIBUTING.md, as tests. */
@AnalyzeClasses(packages = "io.amalgam", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

  @ArchTest
  static final ArchRule protoSeesNobody =
      noClasses()
          .that()
          .resideInAPackage("io.amalgam.proto..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.amalgam.verifiers..", "io.amalgam.policy..", "io.amalgam.actors.."));

  @ArchTest
  static final ArchRule verifiersAreAPlainLibrary =
      noClasses()
          .that()
          .resideInAPackage("io.amalgam.verifiers..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.amalgam.proto..",
                  "io.amalgam.policy..",
                  "io.amalgam.actors..",
                  "org.apache.pekko..",
                  "ai.djl.."));

  @ArchTest
  static final ArchRule policyKnowsNeitherActorsNorTasks =
      noClasses()
          .that()
          .resideInAPackage("io.amalgam.policy..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.amalgam.verifiers..", "io.amalgam.actors..", "org.apache.pekko.."));

  @ArchTest
  static final ArchRule onlyKernelAndTextCallTheNativeEngine =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.amalgam.policy.kernel..", "io.amalgam.policy.text..")
          .should()
          .dependOnClassesThat(resideInAPackage("ai.djl.."));

  @ArchTest
  static final ArchRule decisionsAreProvableWithoutActors =
      noClasses()
          .that()
          .haveFullyQualifiedName("io.amalgam.actors.controller.Admission")
          .or()
          .haveFullyQualifiedName("io.amalgam.actors.controller.Ledger")
          .or()
          .haveFullyQualifiedName("io.amalgam.actors.learner.GroupBuffer")
          .or()
          .resideInAnyPackage(
              "io.amalgam.actors.settings..",
              "io.amalgam.actors.evaluation..",
              "io.amalgam.actors.metrics..")
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.pekko.."));

  @ArchTest
  static final ArchRule theCommandLineIsTheTopFloor =
      noClasses()
          .that()
          .resideInAPackage("io.amalgam.actors..")
          .and()
          .resideOutsideOfPackage("io.amalgam.actors.cli..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.amalgam.actors.cli..", "picocli.."));

  @ArchTest
  static final ArchRule settingsDependOnNoOtherRoom =
      noClasses()
          .that()
          .resideInAPackage("io.amalgam.actors.settings..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.amalgam.actors..")
                  .and(
                      com.tngtech.archunit.base.DescribedPredicate.not(
                          resideInAPackage("io.amalgam.actors.settings..")))
                  .as("another room of actors"));

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.amalgam.actors.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Base");

  /**
   * Exceptions, enums and lambdas of the platform are Serializable by birth; nothing of ours is.
   */
  @ArchTest
  static final ArchRule nothingIsJavaSerialized =
      classes()
          .that()
          .resideOutsideOfPackage("io.amalgam.proto..")
          .and()
          .areNotAssignableTo(Throwable.class)
          .and()
          .areNotEnums()
          .should(notDeclare(Serializable.class));

  @ArchTest
  static final ArchRule durationsAreDurations =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("io.amalgam.actors.settings..")
          .should()
          .haveNameMatching(".*(Millis|Seconds)");

  private static ArchCondition<JavaClass> notDeclare(Class<?> type) {
    return new ArchCondition<>("not declare " + type.getSimpleName()) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean declared =
            item.getRawInterfaces().stream().anyMatch(i -> i.getName().equals(type.getName()));
        events.add(
            new SimpleConditionEvent(
                item, !declared, item.getName() + " implements " + type.getName()));
      }
    };
  }
}
