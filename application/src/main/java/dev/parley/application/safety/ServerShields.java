package dev.parley.application.safety;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ShieldProvider;
import dev.parley.application.port.Shields;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shields of this server, asked at the same time and heard in the order in which they are named (agents-api 5.3). A shield
 * that can't say fails the turn: what was not judged does not pass.
 */
public final class ServerShields implements Shields {

    private static final Logger LOG = LoggerFactory.getLogger(ServerShields.class);

    private final KnownShields known;

    public ServerShields(KnownShields known) {
        this.known = known;
    }

    @Override
    public void requireKnown(Owner owner, List<String> shields, String field) {
        shields.forEach(id -> known.require(owner, id, field));
    }

    @Override
    public Optional<Violation> check(
            Owner owner, List<String> shields, Touchpoint touchpoint, List<Message> messages, Cancellation cancellation)
            throws BrokenOff {
        List<RegisteredShield> judges = new ArrayList<>();
        for (String id : shields) {
            judges.add(known.find(owner, id)
                    .orElseThrow(() -> new BrokenOff(
                            Failure.Code.SHIELD_FAILED,
                            "The shield '%s' is no longer there; register it again or take it out of the agent"
                                    .formatted(id))));
        }
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        Asked asked = new Asked(owner, touchpoint, messages);
        return worst(
                judges.size() == 1
                        ? List.of(judge(judges.getFirst(), asked, cancellation))
                        : allAtOnce(judges, asked, cancellation));
    }

    /**
     * What one shield says.
     *
     * @throws Refusal when there is no such shield
     */
    Judgement judge(
            Owner owner, String shield, Touchpoint touchpoint, List<Message> messages, Cancellation cancellation)
            throws BrokenOff {
        return judge(known.require(owner, shield, "shield_id"), new Asked(owner, touchpoint, messages), cancellation);
    }

    /** What shields are to judge. */
    private record Asked(Owner owner, Touchpoint touchpoint, List<Message> messages) {}

    /** The first that stops the turn is enough: the others are called off then. */
    private List<Judgement> allAtOnce(List<RegisteredShield> judges, Asked asked, Cancellation cancellation)
            throws BrokenOff {
        Cancellation enough = new Cancellation();
        try (var _ = cancellation.passTo(enough);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                var _ = callingOff(enough)) {
            List<Future<Judgement>> all = judges.stream()
                    .map(shield -> threads.submit(() -> judge(shield, asked, enough)))
                    .toList();
            List<Judgement> said = new ArrayList<>();
            for (Future<Judgement> one : all) {
                said.add(heard(one));
                if (said.getLast().violation().filter(Violation::stops).isPresent()) {
                    break;
                }
            }
            return said;
        }
    }

    /** Closed before the threads are waited for. */
    private static Cancellation.Registration callingOff(Cancellation asked) {
        return () -> asked.request(Cancellation.Reason.CLIENT_LEFT);
    }

    private static Judgement heard(Future<Judgement> asked) throws BrokenOff {
        try {
            return asked.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof BrokenOff broken) {
                throw broken;
            }
            throw new IllegalStateException("a shield failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BrokenOff(Failure.Code.SHIELD_FAILED, "The shields were interrupted; try again");
        }
    }

    /** Whatever goes wrong, what it comes to is that nobody has judged. */
    private Judgement judge(RegisteredShield shield, Asked asked, Cancellation cancellation) throws BrokenOff {
        ShieldProvider provider;
        try {
            provider = known.providerOf(shield);
        } catch (Refusal gone) {
            throw new BrokenOff(Failure.of(Failure.Code.SHIELD_FAILED, gone.explanation()), gone);
        }
        try {
            return provider.judge(asked.owner(), shield, asked.touchpoint(), asked.messages(), cancellation);
        } catch (BrokenOff broken) {
            throw broken.failure().code() == Failure.Code.SHIELD_FAILED ? broken : unable(shield, broken);
        } catch (RuntimeException mistake) {
            LOG.error("shield '{}' threw", shield.id(), mistake);
            throw new BrokenOff(
                    Failure.of(
                            Failure.Code.SHIELD_FAILED,
                            "The shield '%s' failed inside the server; its log says why".formatted(shield.id())),
                    mistake);
        }
    }

    /** What became of its model is no answer of the turn's: neither its code nor what it cost. */
    private static BrokenOff unable(RegisteredShield shield, BrokenOff broken) {
        return new BrokenOff(
                Failure.of(
                        Failure.Code.SHIELD_FAILED,
                        "The shield '%s' could not judge: %s"
                                .formatted(shield.id(), broken.failure().message())),
                broken);
    }

    /** The first that stops the turn, else the first lesser one. */
    private static Optional<Violation> worst(List<Judgement> judgements) {
        List<Violation> violations = judgements.stream()
                .flatMap(judgement -> judgement.violation().stream())
                .toList();
        return violations.stream()
                .filter(Violation::stops)
                .findFirst()
                .or(() -> violations.stream().findFirst());
    }
}
