using System.Text.Json.Serialization;

namespace Bento;

/// <summary>What sort of failure it was: what a program branches on, where a person reads the message.</summary>
/// <remarks>
/// A cancellation is not a failure: it is an <see cref="OperationCanceledException"/>. In JSON and in <c>--json</c> it is a word.
/// </remarks>
[JsonConverter(typeof(JsonStringEnumConverter<FailureKind>))]
public enum FailureKind
{
    /// <summary>None of the others: only the message tells.</summary>
    Other,

    /// <summary>A server, a cache, a database or a source of an input is away, or stopped answering.</summary>
    Unreachable,

    /// <summary>The server shows another host key than the pinned ones; nothing was sent to it.</summary>
    HostKeyMismatch,

    /// <summary>The server refuses the key that was shown to it.</summary>
    LoginRefused,

    /// <summary>Permissions do not allow it, on the server or here.</summary>
    Denied,

    /// <summary>A disk or a quota is full, on the server or here.</summary>
    NoSpace,

    /// <summary>Nix was killed, or got no more memory.</summary>
    NoMemory,

    /// <summary>Somebody else does the same at this moment, and holds a lock.</summary>
    Locked,

    /// <summary>What describes the fleet, a setting or a file beside it is wrong or missing.</summary>
    Configuration,

    /// <summary>The configuration of a host does not evaluate.</summary>
    Evaluation,

    /// <summary>A builder failed, or took longer than it may.</summary>
    Build,

    /// <summary>Nix itself cannot be used.</summary>
    Nix,

    /// <summary>A release has not the signatures that it needs, or no key signs it.</summary>
    Signing,

    /// <summary>What was planned, prepared or signed is no longer what would be published.</summary>
    Outdated,

    /// <summary>The host is held back on purpose, by a rollout, by its epoch or by what was published meanwhile.</summary>
    Held,

    /// <summary>What was written before cannot be read, was damaged, or is not what it should be.</summary>
    Damaged,

    /// <summary>The status store cannot be used, and its database is not merely away.</summary>
    Store,

    /// <summary>A system could not be activated on a machine, or its agent cannot work there.</summary>
    Machine,
}
