package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RetakeCommandTest {

    /** A verb that is asked for comes alone, under the name that its help has. */
    @Test
    void knowsEachVerbByItsName() {
        RetakeCommand.commandLine().getSubcommands().forEach((name, verb) -> {
            assertThat(verb.getCommandName()).isEqualTo(name);
            assertThat(RetakeCommand.commandLine(name).getSubcommands()).containsKey(name);
        });
    }

    @Test
    void namesAllVerbsWhereNoneIsAskedFor() {
        CommandLine all = RetakeCommand.commandLine("--help");

        assertThat(all.getSubcommands()).hasSizeGreaterThan(10);
        assertThat(RetakeCommand.commandLine("proxy", "--help").getSubcommands())
                .containsOnlyKeys("proxy");
        assertThat(RetakeCommand.commandLine("help", "proxy").getSubcommands())
                .containsOnlyKeys(all.getSubcommands().keySet());
    }
}
