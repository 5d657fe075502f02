using Bento.Agents;
using Bento.Building;
using Bento.Protocol;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Testing.Fleet;

/// <summary>
/// One host of a scripted fleet: a machine, a clock and a network that do what a test says, under a real agent with real files.
/// </summary>
/// <remarks>Every poll is a new agent. What the last one remembered is on disk, or gone.</remarks>
public sealed class ScriptedHost
{
    /// <summary>Under which key the agent looks for its parts with their guards.</summary>
    private const string Guarded = "Bento.Guarded";

    private readonly SshPublicKey _trusted;
    private readonly FaultPoint _faults = new();
    private int _calls;

    internal ScriptedHost(HostName name, string directory, string store, InMemoryServer server, SshPublicKey trusted, DateTimeOffset now)
    {
        _trusted = trusted;
        Name = name;
        StateDirectory = Path.Join(directory, "state");
        Clock = new HostClock(now);
        First = ScriptedBuilder.SystemOf(store, name.ToString(), "0");
        Machine = new ScriptedMachine(First, _faults);
        Builder = new ScriptedBuilder(store, isOnHost: true, _faults);
        Transport = new InMemoryTransport { Server = server, BeforeCall = BeforeCallAsync };
    }

    /// <summary>Its name.</summary>
    public HostName Name { get; }

    /// <summary>Where its agent keeps what it must not forget.</summary>
    public string StateDirectory { get; }

    /// <summary>What it ran before its first release.</summary>
    public StorePath First { get; }

    /// <summary>Its clock, which may be wrong.</summary>
    public HostClock Clock { get; }

    /// <summary>What its agent switches.</summary>
    public ScriptedMachine Machine { get; }

    /// <summary>What its agent builds with.</summary>
    public ScriptedBuilder Builder { get; }

    /// <summary>Its way to the server: changes what it reads by <see cref="InMemoryTransport.Corrupt"/>.</summary>
    public InMemoryTransport Transport { get; }

    /// <summary>Whether it reaches the server at all.</summary>
    /// <value>Default: true.</value>
    public bool IsOnline { get; set; } = true;

    /// <summary>The call to the server, counted from 1 in each poll, from which on it is away until the next poll; 0 for none.</summary>
    public int GoesAwayAtCall { get; set; }

    /// <summary>The call to the server, counted from 1 in each poll, that is never answered; 0 for none.</summary>
    public int HangsAtCall { get; set; }

    /// <summary>The effect of the next poll, counted from 1, before which its process is killed; 0 for none.</summary>
    public int KilledAt { get; set; }

    /// <summary>Whether the machine loses its power where the process is killed, and boots into what its profile names.</summary>
    public bool LosesPower { get; set; }

    /// <summary>Gets what its agent does; null for nobody.</summary>
    public IProgress<AgentEvent>? Observer { get; set; }

    /// <summary>What its agent said last; null after it was killed.</summary>
    public AgentResult? Result { get; private set; }

    /// <summary>Ends every fault.</summary>
    public void Heal()
    {
        IsOnline = true;
        GoesAwayAtCall = HangsAtCall = KilledAt = 0;
        LosesPower = false;
        Clock.Skew = TimeSpan.Zero;
        Transport.Corrupt = null;
        Builder.FailNext = null;
        Machine.Next = SwitchScript.Done;
        Machine.DuringSwitch = null;
    }

    /// <summary>Polls once, as a process of its own.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What the agent says; null when it was killed.</returns>
    public async Task<AgentResult?> PollAsync(CancellationToken cancellationToken = default)
    {
        _calls = 0;
        _faults.Arm(KilledAt);
        try
        {
            return Result = await RunAsync(cancellationToken);
        }
        catch (PowerCutException)
        {
            if (LosesPower)
            {
                Machine.Boot();
            }

            return Result = null;
        }
        finally
        {
            KilledAt = GoesAwayAtCall = HangsAtCall = 0;
            LosesPower = false;
        }
    }

    /// <summary>Runs an agent beside whatever else happens.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<AgentResult> RunAsync(CancellationToken cancellationToken = default)
    {
        await using var services = Agent();
        return await services.GetRequiredService<IAgent>().RunOnceAsync(Observer, cancellationToken);
    }

    /// <summary>The newest release that its agent has accepted; null for none.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ReleaseNumber?> FloorAsync(CancellationToken cancellationToken = default)
    {
        await using var services = Agent();
        return (await services.GetRequiredService<IAgentControl>().InspectAsync(cancellationToken)).Number;
    }

    private Task BeforeCallAsync(InMemoryCall call, CancellationToken cancellationToken)
    {
        _faults.Pass($"{call.Operation} {call.Path}");
        _calls++;
        if (_calls == HangsAtCall)
        {
            // Every wait of an agent has its deadline; a transport whose call has none of its own says that the peer stalls.
            Clock.Advance(TimeSpan.FromMinutes(11));
            cancellationToken.ThrowIfCancellationRequested();
            throw new TransportException(TransportFailure.Stalled, "The script says that the server does not answer.");
        }

        return IsOnline && Machine.HasNetwork && (GoesAwayAtCall == 0 || _calls < GoesAwayAtCall)
            ? Task.CompletedTask
            : throw new TransportException(TransportFailure.Unreachable, "The script says that the server is away.");
    }

    private ServiceProvider Agent()
    {
        var services = new ServiceCollection();
        _ = services.AddSingleton<TimeProvider>(Clock)
            .AddSingleton<ITransport>(Transport);
        var agent = services.AddBentoAgent(options =>
        {
            options.Host = Name.ToString();
            options.Fleet = ScriptedFleet.Name;
            options.StateDirectory = StateDirectory;
            options.SecretsDirectory = Path.Join(Path.GetDirectoryName(StateDirectory), "secrets");
            options.UseSystemd = false;
            options.Trust.TrustedKeys.Add(_trusted.ToString());
        });

        // Behind no guard: a power cut is an exception here that nobody may catch.
        _ = agent.Services.AddKeyedSingleton<ISystemBuilder>(Guarded, Builder).AddKeyedSingleton<IActivator>(Guarded, Machine);
        return services.BuildServiceProvider();
    }
}
