package dev.retake.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Holds the map of docs/architecture.md: who uses whom, and where a technology may appear. */
@AnalyzeClasses(packages = "dev.retake", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MODULES_USE_ONLY_WHAT_THE_MAP_SAYS = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("common")
            .definedBy("dev.retake.common..")
            .layer("privacy")
            .definedBy("dev.retake.privacy..")
            .layer("journal")
            .definedBy("dev.retake.journal..")
            .layer("pipeline")
            .definedBy("dev.retake.pipeline..")
            .layer("proxy")
            .definedBy("dev.retake.proxy..")
            .layer("verdict")
            .definedBy("dev.retake.verdict..")
            .layer("replay")
            .definedBy("dev.retake.replay..")
            .layer("report")
            .definedBy("dev.retake.report..")
            .layer("cli")
            .definedBy("dev.retake.cli..")
            .whereLayer("common")
            .mayNotAccessAnyLayer()
            .whereLayer("privacy")
            .mayOnlyAccessLayers("common")
            .whereLayer("verdict")
            .mayOnlyAccessLayers("common")
            .whereLayer("journal")
            .mayOnlyAccessLayers("common", "privacy")
            .whereLayer("pipeline")
            .mayOnlyAccessLayers("common", "privacy", "journal")
            .whereLayer("proxy")
            .mayOnlyAccessLayers("common", "pipeline")
            .whereLayer("replay")
            .mayOnlyAccessLayers("common", "journal", "verdict", "privacy")
            .whereLayer("report")
            .mayOnlyAccessLayers("common", "verdict")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("dev.retake.(*).(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_JOURNAL_KNOWS_NO_RAW_EXCHANGE = noClasses()
            .that(resideInAPackage("dev.retake.journal.."))
            .should()
            .dependOnClassesThat(simpleName("RawExchange"));

    @ArchTest
    static final ArchRule RAW_EXCHANGES_STAY_BETWEEN_CAPTURE_AND_PIPELINE = noClasses()
            .that(resideInAnyPackage("dev.retake..")
                    .and(not(resideInAnyPackage("dev.retake.pipeline..", "dev.retake.proxy.capture.."))))
            .should()
            .dependOnClassesThat(simpleName("RawExchange").or(simpleName("RawBody")));

    @ArchTest
    static final ArchRule REPLACED_VALUES_STAY_BETWEEN_SANITIZER_AND_VAULT = noClasses()
            .that(resideInAnyPackage("dev.retake..")
                    .and(not(resideInAnyPackage("dev.retake.privacy", "dev.retake.journal.vault"))))
            .should()
            .dependOnClassesThat(simpleName("ReplacedValue"));

    @ArchTest
    static final ArchRule WHAT_HOLDS_ORIGINALS_DOES_NOT_SHOW_THEM = noMethods()
            .that()
            .areDeclaredInClassesThat(
                    simpleName("ReplacedValue").or(simpleName("VaultEntry")).or(simpleName("RevealedValue")))
            .should()
            .haveName("toString");

    @ArchTest
    static final ArchRule ORIGINALS_LEAVE_THE_VAULT_BY_ONE_VERB = noClasses()
            .that(resideInAnyPackage("dev.retake..").and(not(resideInAPackage("dev.retake.journal.vault"))))
            .and()
            .doNotHaveSimpleName("VaultRevealCommand")
            .should()
            .dependOnClassesThat(simpleName("RevealedValue"));

    @ArchTest
    static final ArchRule ONLY_THE_SANITIZER_MAKES_SANITIZED_EXCHANGES = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.retake.privacy..")
            .and()
            .arePublic()
            .and()
            .haveRawReturnType("dev.retake.privacy.SanitizedExchange")
            .should()
            .beDeclaredIn("dev.retake.privacy.Sanitizer");

    @ArchTest
    static final ArchRule ROCKSDB_STAYS_IN_THE_JOURNAL = noClasses()
            .that(resideInAnyPackage("dev.retake..").and(not(resideInAPackage("dev.retake.journal.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..");

    @ArchTest
    static final ArchRule PICOCLI_STAYS_IN_THE_COMMAND = noClasses()
            .that(resideInAnyPackage("dev.retake..").and(not(resideInAPackage("dev.retake.cli.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule PRIVACY_AND_VERDICT_DO_NO_IO = noClasses()
            .that(resideInAnyPackage("dev.retake.privacy..", "dev.retake.verdict.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.net.http..", "java.nio.channels..", "java.sql..", "io.netty..", "org.rocksdb..")
                    .or(simpleName("Socket"))
                    .or(simpleName("ServerSocket"))
                    .or(simpleName("FileOutputStream"))
                    .or(simpleName("FileWriter"))
                    .or(simpleName("RandomAccessFile")));

    @ArchTest
    static final ArchRule NO_CONSOLE_OUTSIDE_THE_COMMAND = noClasses()
            .that(resideInAnyPackage("dev.retake..").and(not(resideInAPackage("dev.retake.cli.."))))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = classes()
            .should()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");
}
