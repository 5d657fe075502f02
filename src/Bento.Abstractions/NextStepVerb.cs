namespace Bento;

/// <summary>
/// An operation of Bento that repairs something. More may be added: an application shows the text of one that it does not know.
/// </summary>
public enum NextStepVerb
{
    /// <summary>Name another Bento directory, or make one.</summary>
    ChooseDirectory,

    /// <summary>Write the settings and the key of a new fleet into a directory.</summary>
    CreateFleet,

    /// <summary>Compute a new plan.</summary>
    Plan,

    /// <summary>Deploy.</summary>
    Deploy,

    /// <summary>Prepare releases for somebody else to sign.</summary>
    PrepareForSigning,

    /// <summary>Sign the current release again, with later times.</summary>
    Refresh,

    /// <summary>Give the host its account, with the key that it logs in with.</summary>
    AddHost,

    /// <summary>Remove the account of the host; its area stays.</summary>
    RemoveHost,

    /// <summary>Make a key that signs.</summary>
    RotateKey,

    /// <summary>Run the doctor.</summary>
    Examine,

    /// <summary>Print the configuration that sshd needs.</summary>
    PrintSshdConfiguration,

    /// <summary>Apply the schema of the status store.</summary>
    ApplyStoreSchema,

    /// <summary>Continue the rollout, or end it.</summary>
    EndRollout,

    /// <summary>Read the log of the host's last attempt.</summary>
    ReadLog,

    /// <summary>Read what was published for the host, and what it made of it.</summary>
    ReadHistory,

    /// <summary>Compare what the host runs with what it should run.</summary>
    Compare,

    /// <summary>Ask the agent, on the host, where it stands.</summary>
    InspectAgent,
}
