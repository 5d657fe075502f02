namespace Bento.Agents.Secrets;

/// <summary>Which secrets are in force on the host. The directory in memory is gone after a reboot; this is not.</summary>
/// <param name="Current">Those that are in force; null for none ever.</param>
/// <param name="Previous">Those to go back to while the current ones are not confirmed.</param>
internal sealed record SecretRecord(SecretGeneration? Current, SecretGeneration? Previous)
{
    public static SecretRecord Empty { get; } = new(null, null);
}
