package io.amalgam.policy.hub;

import java.net.http.HttpHeaders;

/** What the refusals of a hub (status 400 to 499) mean, and what to do about them. */
final class HubRefusal {
  private HubRefusal() {}

  /**
   * The error for an answer. Hubs say 401 for models that do not exist too, so that nobody can tell
   * private models from missing ones.
   *
   * @param what the model or the file of it that was asked for
   */
  static HubException of(
      HubSettings settings, HttpHeaders headers, int status, ModelName model, String what) {
    String host = settings.endpoint().getAuthority();
    String code = headers.firstValue("X-Error-Code").orElse("");
    String page = settings.endpoint() + "/" + model.repository();
    if (status == 403 || code.equals("GatedRepo")) {
      return new HubException(
          host + " does not give " + what + " to everybody (" + status + ", gated or private)",
          settings.token().isPresent()
              ? "accept its terms at " + page + " with the account of your token"
              : "accept its terms at " + page + " and set HF_TOKEN");
    }
    if (status == 401) {
      return settings.token().isPresent()
          ? new HubException(
              host + " refuses the token for " + what + ", or has no such model (401)",
              "check the name, and HF_TOKEN or the token file")
          : new HubException(
              host + " does not give " + what + " without a token, or has no such model (401)",
              "check the name, or set HF_TOKEN");
    }
    if (status == 404) {
      boolean file = !what.equals(model.toString());
      String missing =
          code.equals("RevisionNotFound")
              ? "has no revision " + model.revision() + " of " + model.repository()
              : file ? "has no " + what : "has no model " + what;
      return new HubException(
          host + " " + missing + " (404)",
          "check the name and the revision, or give a directory with config.json and"
              + " *.safetensors");
    }
    return new HubException(
        host + " refuses " + what + " (" + status + ")", "check HF_ENDPOINT and the name");
  }
}
