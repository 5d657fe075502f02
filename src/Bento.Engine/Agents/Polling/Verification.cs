using Bento.Protocol;

namespace Bento.Agents.Polling;

/// <summary>What verifying a <c>release.json</c> came to: exactly one of release and refusal is set.</summary>
internal sealed record Verification(Release? Release, Refusal? Refusal, string Detail)
{
    public static Verification Accept(Release release) => new(release, null, string.Empty);

    public static Verification Refuse(Refusal refusal, string detail) => new(null, refusal, detail);
}
