package dev.parley.rest.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.json.JsonField;
import java.util.ArrayList;
import java.util.List;

/** What a strict client knows of one item of a shell: the commands of a call, or what each of them has come to. */
final class ShellRules {

    private final List<String> commands = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private String stdout = "";
    private String stderr = "";

    /** As the item was told to begin. */
    void begin(String type, JsonField item) {
        if (type.equals("shell_call")) {
            commands.addAll(commands(item));
        }
        if (type.equals("shell_call_output")) {
            assertThat(outputs(item)).isEmpty();
        }
    }

    /** The events of commands name no item, but for its place. */
    void command(String type, JsonField data) {
        int index = data.at("command_index").integer(0);
        assertThat(data.at("item_id").isPresent()).isFalse();
        switch (type) {
            case "response.shell_call_command.added" -> {
                assertThat(index).isEqualTo(commands.size());
                commands.add(data.at("command").string());
            }
            case "response.shell_call_command.delta" -> {
                assertThat(data.at("delta").string()).isNotEmpty();
                commands.set(index, commands.get(index) + data.at("delta").string());
            }
            case "response.shell_call_command.done" ->
                assertThat(data.at("command").string()).isEqualTo(commands.get(index));
            default -> throw new AssertionError("no client knows the event " + type);
        }
    }

    /** @param call what was called, of which this is the output */
    void output(String type, JsonField data, ShellRules call) {
        int index = data.at("command_index").integer(0);
        assertThat(index).isEqualTo(outputs.size()).isLessThan(call.commands.size());
        switch (type) {
            case "response.shell_call_output_content.delta" -> {
                JsonField delta = data.at("delta");
                assertThat(delta.at("stdout").isPresent() || delta.at("stderr").isPresent())
                        .isTrue();
                stdout += delta.at("stdout").optional(JsonField::string).orElse("");
                stderr += delta.at("stderr").optional(JsonField::string).orElse("");
            }
            case "response.shell_call_output_content.done" -> {
                JsonField ran = data.at("output").list(one -> one).getFirst();
                assertThat(data.at("output").list(one -> one)).hasSize(1);
                assertThat(ran.at("stdout").string()).isEqualTo(stdout);
                assertThat(ran.at("stderr").string()).isEqualTo(stderr);
                assertThat(ran.at("outcome").at("type").string()).isIn("exit", "timeout");
                outputs.add(ran.opaque().text());
                stdout = "";
                stderr = "";
            }
            default -> throw new AssertionError("no client knows the event " + type);
        }
    }

    /** As the item was told to be in the end. */
    void end(String type, JsonField item) {
        if (type.equals("shell_call")) {
            assertThat(commands(item)).isEqualTo(commands);
        }
        if (type.equals("shell_call_output")) {
            assertThat(outputs(item)).isEqualTo(outputs);
        }
    }

    private static List<String> commands(JsonField item) {
        return item.at("action").at("commands").list(JsonField::string);
    }

    private static List<String> outputs(JsonField item) {
        return item.at("output").list(ran -> ran.opaque().text());
    }
}
