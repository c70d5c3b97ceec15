package dev.retake.verdict;

/**
 * What a step of a session depends on that the run did not do: without it the target has no reason to answer as recorded.
 *
 * @param on what was not done, the same words for all sessions, such as {@code POST /files was skipped (body-withheld)}
 * @param why one sentence about this step, which names the other by its position
 * @param state whether it may also show in the body of a success, since what the step reads is what was to be written;
 *     else only in another status
 * @param signIn what was not done would have signed the session in, so that it may be refused or sent to sign in
 */
public record Dependence(String on, String why, boolean state, boolean signIn) {}
