using Bento.Protocol;

namespace Bento.Agents;

/// <summary>What a person on a host asks and tells its agent, also while it works.</summary>
/// <remarks>Needs no server, and takes no lock: whoever may read or write the state directory may use it.</remarks>
public interface IAgentControl
{
    /// <summary>Looks at what the host runs, what it should run, and what waits. Changes nothing.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="AgentException">The state directory cannot be read.</exception>
    Task<AgentState> InspectAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps the agent from beginning anything, until <see cref="Resume"/> or the time is over. Survives restarts.</summary>
    /// <param name="reason">Why, for whoever finds the host paused; may be null.</param>
    /// <param name="duration">After which time it ends by itself; null for when somebody ends it. Above zero.</param>
    /// <returns>The pause.</returns>
    /// <exception cref="AgentException">The state directory cannot be written.</exception>
    AgentPause Pause(string? reason, TimeSpan? duration);

    /// <summary>Ends a pause.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="AgentException">The state directory cannot be written.</exception>
    bool Resume();
}
