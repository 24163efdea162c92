package io.amalgam.policy.hub;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model on a hub, such as {@code Qwen/Qwen2.5-1.5B-Instruct}, at a revision.
 *
 * @param organisation who published it
 * @param name its name there
 * @param revision a branch, a tag or a commit; {@link #MAIN} where none is given
 */
public record ModelName(String organisation, String name, String revision) {
  /** The branch that a name without a revision means. */
  public static final String MAIN = "main";

  /** Letters, digits and . _ - inside, at most 96 characters, as hubs allow. */
  private static final Pattern PART =
      Pattern.compile("(?!.*(--|\\.\\.))[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?");

  private static final Pattern REVISION =
      Pattern.compile("(?!.*\\.\\.)(?!.*//)[A-Za-z0-9_][A-Za-z0-9._/+-]{0,254}(?<!/)");

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /**
   * The model that {@code text} names, {@code organisation/name} or {@code
   * organisation/name@revision}; empty when it has not that form, as most paths have not.
   */
  public static Optional<ModelName> parse(String text) {
    int at = text.indexOf('@');
    String revision = at < 0 ? MAIN : text.substring(at + 1);
    String[] parts = (at < 0 ? text : text.substring(0, at)).split("/", -1);
    boolean valid =
        parts.length == 2
            && PART.matcher(parts[0]).matches()
            && PART.matcher(parts[1]).matches()
            && REVISION.matcher(revision).matches();
    return valid ? Optional.of(new ModelName(parts[0], parts[1], revision)) : Optional.empty();
  }

  /** Organisation and name, without the revision. */
  public String repository() {
    return organisation + "/" + name;
  }

  /** Whether the revision is a whole commit, whose files never change. */
  public boolean atCommit() {
    return COMMIT.matcher(revision).matches();
  }

  /** The model as {@link #parse} reads it, without the usual revision. */
  @Override
  public String toString() {
    return revision.equals(MAIN) ? repository() : repository() + "@" + revision;
  }
}
