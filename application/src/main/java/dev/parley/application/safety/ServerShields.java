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
            Owner owner, List<String> shields, List<Message> messages, Cancellation cancellation) throws BrokenOff {
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
        return worst(
                judges.size() == 1
                        ? List.of(judge(owner, judges.getFirst(), messages, cancellation))
                        : allAtOnce(owner, judges, messages, cancellation));
    }

    /**
     * What one shield says.
     *
     * @throws Refusal when there is no such shield
     */
    Judgement judge(Owner owner, String shield, List<Message> messages, Cancellation cancellation) throws BrokenOff {
        return judge(owner, known.require(owner, shield, "shield_id"), messages, cancellation);
    }

    private List<Judgement> allAtOnce(
            Owner owner, List<RegisteredShield> judges, List<Message> messages, Cancellation cancellation)
            throws BrokenOff {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Judgement>> asked = judges.stream()
                    .map(shield -> threads.submit(() -> judge(owner, shield, messages, cancellation)))
                    .toList();
            List<Judgement> said = new ArrayList<>();
            for (Future<Judgement> one : asked) {
                said.add(heard(one));
            }
            return said;
        }
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

    private Judgement judge(Owner owner, RegisteredShield shield, List<Message> messages, Cancellation cancellation)
            throws BrokenOff {
        ShieldProvider provider;
        try {
            provider = known.providerOf(shield);
        } catch (Refusal gone) {
            throw new BrokenOff(Failure.of(Failure.Code.SHIELD_FAILED, gone.explanation()), gone);
        }
        try {
            return provider.judge(owner, shield, messages, cancellation);
        } catch (RuntimeException mistake) {
            LOG.error("shield '{}' threw", shield.id(), mistake);
            throw new BrokenOff(
                    Failure.of(
                            Failure.Code.SHIELD_FAILED,
                            "The shield '%s' failed inside the server; its log says why".formatted(shield.id())),
                    mistake);
        }
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
