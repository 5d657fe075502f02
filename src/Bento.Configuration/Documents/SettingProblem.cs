namespace Bento.Configuration.Documents;

/// <summary>What is wrong with a setting, wherever it was written.</summary>
/// <param name="Setting">The setting: <c>hosts.web.tags[0]</c>.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record SettingProblem(string Setting, string Message);
