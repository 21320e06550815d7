package dev.parley.application.violation;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.turn.TurnEngine;
import io.micronaut.http.HttpStatus;

record SecondLoop(Inference inference, TurnEngine engine, HttpStatus status) {
    void go(InferenceRequest request, Inference.Progress progress) throws BrokenOff {
        inference.infer(request, progress, new Cancellation());
    }
}
