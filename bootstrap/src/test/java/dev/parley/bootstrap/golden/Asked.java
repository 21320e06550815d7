package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.inference.testing.RecordedRequest;
import java.util.ArrayList;
import java.util.List;

/** What a model was asked, oldest first. */
record Asked(List<RecordedRequest> requests) {

    Asked {
        requests = List.copyOf(requests);
    }

    List<String> bodies() {
        return requests.stream().map(RecordedRequest::body).toList();
    }

    /** Providers refuse a conversation in which a call is not answered at once, or an answer has no call. */
    void checkCallsAreAnswered() {
        bodies().forEach(Asked::checkCallsAreAnswered);
    }

    private static void checkCallsAreAnswered(String body) {
        List<String> open = new ArrayList<>();
        for (Json message : Json.parse(body).items("messages")) {
            if (message.text("role").equals("tool")) {
                assertThat(open).contains(message.text("tool_call_id"));
                open.remove(message.text("tool_call_id"));
            } else {
                assertThat(open).isEmpty();
            }
            if (message.has("tool_calls")) {
                message.items("tool_calls").forEach(call -> open.add(call.text("id")));
            }
        }
        assertThat(open).isEmpty();
    }
}
