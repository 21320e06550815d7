package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened to a turn. Times come in as values and are later than everything that the turn holds. */
public sealed interface Observation {

    /**
     * The shields of one side have all judged.
     *
     * @param violation the first that stops the turn, or a lesser one, or none
     */
    record ShieldsSpoke(Touchpoint touchpoint, Optional<Violation> violation, Period period) implements Observation {
        public ShieldsSpoke {
            requireNonNull(touchpoint, "touchpoint");
            requireNonNull(violation, "violation");
            requireNonNull(period, "period");
        }
    }

    record Retrieved(Content insertedContext, Period period) implements Observation {
        public Retrieved {
            requireNonNull(insertedContext, "insertedContext");
            requireNonNull(period, "period");
        }
    }

    /**
     * A server of tools was asked what it has.
     *
     * @param error why it could not say
     */
    record ToolsListed(String serverLabel, List<ListedTool> tools, Optional<String> error, Period period)
            implements Observation {
        public ToolsListed {
            requireNonNull(serverLabel, "serverLabel");
            tools = List.copyOf(tools);
            requireNonNull(error, "error");
            requireNonNull(period, "period");
        }
    }

    record ModelAnswered(Message.Assistant answer, Optional<Usage> usage, Period period) implements Observation {
        public ModelAnswered {
            requireNonNull(answer, "answer");
            requireNonNull(usage, "usage");
            requireNonNull(period, "period");
        }
    }

    /**
     * An output shield stopped the model while it answered.
     *
     * @param told what the reader had been told by then, which the shields had let pass
     * @param violation one that stops the turn
     */
    record AnswerStopped(Message.Assistant told, Violation violation, Period period) implements Observation {
        public AnswerStopped {
            requireNonNull(told, "told");
            requireNonNull(violation, "violation");
            requireNonNull(period, "period");
            if (!violation.stops()) {
                throw new IllegalArgumentException("a lesser violation stops no answer");
            }
        }
    }

    /** One call that this server had to answer was answered. */
    record ToolRan(ToolCall call, ToolResponse response, Period period) implements Observation {
        public ToolRan {
            requireNonNull(call, "call");
            requireNonNull(response, "response");
            requireNonNull(period, "period");
        }
    }

    /**
     * What was said so far was put into a few words.
     *
     * @param summary empty when that could not be done
     */
    record Compacted(String summary, Optional<Usage> usage, Period period) implements Observation {
        public Compacted {
            requireNonNull(summary, "summary");
            requireNonNull(usage, "usage");
            requireNonNull(period, "period");
        }
    }

    /** What was being done was lost with the process that did it, and readers had been told of it. */
    record StepLost(Period period) implements Observation {
        public StepLost {
            requireNonNull(period, "period");
        }
    }

    record ClientAnswered(List<ToolResponse> responses, Instant at) implements Observation {
        public ClientAnswered {
            responses = List.copyOf(responses);
            requireNonNull(at, "at");
        }
    }

    /** Somebody has the time to run a turn that was queued. */
    record PickedUp(Instant at) implements Observation {
        public PickedUp {
            requireNonNull(at, "at");
        }
    }

    /**
     * The model's answer broke off after readers had been told of it, or after it had cost something.
     *
     * @param told what they were told
     * @param usage what the attempts took that came to an end
     */
    record AnswerBroke(Failure failure, PartialAnswer told, Optional<Usage> usage, Period period)
            implements Observation {
        public AnswerBroke {
            requireNonNull(failure, "failure");
            requireNonNull(told, "told");
            requireNonNull(usage, "usage");
            requireNonNull(period, "period");
        }
    }

    /** Something broke of which there is nothing to be kept. */
    record Broke(Failure failure, Instant at) implements Observation {
        public Broke {
            requireNonNull(failure, "failure");
            requireNonNull(at, "at");
        }
    }

    record CancelRequested(Instant at) implements Observation {
        public CancelRequested {
            requireNonNull(at, "at");
        }
    }
}
