using Bento.Building;
using Bento.Publishing;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>What the phases of an attempt do to the world: each gives the next phase, or the end.</summary>
internal sealed class AttemptSteps(IOptions<AgentOptions> options, ISystemBuilder builder, IActivator activator)
{
    private readonly string _roots = Path.Join(options.Value.StateDirectory, "roots");
    private readonly ContentStore _content = new(Path.Join(options.Value.StateDirectory, "trees"), new ContentUnpacker(options.Value.MaxTreeBytes));

    /// <returns>Null when the content is there whole; else why not.</returns>
    public async Task<AttemptEnd?> FetchAsync(IArea area, Release release, CancellationToken cancellationToken)
    {
        try
        {
            if (_content.Find(release.Content) is null)
            {
                await _content.FetchAsync(area, release.Content, cancellationToken).ConfigureAwait(false);
            }

            return null;
        }
        catch (ContentException exception)
        {
            return new AttemptEnd(Outcome.FetchFailed, exception.Message);
        }
        catch (TransportException exception)
        {
            return new AttemptEnd(Outcome.FetchFailed, exception.Message) { IsTransient = exception.IsTransient };
        }
        catch (IOException exception)
        {
            return new AttemptEnd(Outcome.FetchFailed, $"The content could not be stored: {exception.Message}") { IsTransient = true };
        }
    }

    /// <returns>The system, valid in the store and kept from collection; or why there is none.</returns>
    public async Task<(StorePath? System, AttemptEnd? End)> BuildAsync(Release release, AttemptLog log, CancellationToken cancellationToken)
    {
        if (await IsAlreadyRunningAsync(release, cancellationToken).ConfigureAwait(false))
        {
            return (release.ExpectedSystem, null);
        }

        if (_content.Find(release.Content) is not { } tree)
        {
            return (null, new AttemptEnd(Outcome.FetchFailed, "The unpacked content changed on the disk of the host.") { IsTransient = true });
        }

        try
        {
            return await BuildAsync(release, tree, log, cancellationToken).ConfigureAwait(false);
        }
        catch (NixException exception)
        {
            return (null, new AttemptEnd(Outcome.BuildFailed, exception.Message));
        }
    }

    /// <summary>Switches to a system, unless the machine runs and boots it already.</summary>
    public async Task<AttemptEnd> ActivateAsync(StorePath system, AttemptLog log, CancellationToken cancellationToken)
    {
        try
        {
            var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
            if (machine.Running == system && machine.Profile == system)
            {
                return new AttemptEnd(Outcome.Succeeded, "The host already runs this system.") { Built = system };
            }

            await activator.SetProfileAsync(system, cancellationToken).ConfigureAwait(false);
            return Judge(await activator.SwitchAsync(system, log, cancellationToken).ConfigureAwait(false), system);
        }
        catch (ActivationException exception)
        {
            return new AttemptEnd(Outcome.ActivationFailed, exception.Message) { Built = system };
        }
    }

    /// <summary>Removes what only older releases need.</summary>
    public void Collect(Release current) => _content.KeepOnly(current.Content);

    private async Task<bool> IsAlreadyRunningAsync(Release release, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        return release.ExpectedSystem is { } expected && machine.Running == expected && machine.Profile == expected;
    }

    private async Task<(StorePath? System, AttemptEnd? End)> BuildAsync(
        Release release, string tree, AttemptLog log, CancellationToken cancellationToken)
    {
        var source = new ConfigurationSource(tree, release.Kind, release.Host.ToString());
        var attribute = release.Attribute ?? release.Host.ToString();
        var evaluation = await builder.EvaluateAsync(source, [attribute], cancellationToken).ConfigureAwait(false);
        if ((evaluation.Failure ?? (evaluation.Systems is [{ } only] ? only.Failure : null)) is { } failure)
        {
            return (null, Failed(failure, log));
        }

        if (evaluation.Systems is not [{ Derivation: { } derivation }])
        {
            return (null, new AttemptEnd(Outcome.BuildFailed, $"The content does not describe the host: it has no nixosConfigurations.{attribute}."));
        }

        if (release.ExpectedSystem is { } expected && derivation.System != expected)
        {
            return (null, new AttemptEnd(
                Outcome.Mismatch, $"The configuration describes {derivation.System.BaseName} here, and the release expects {expected.BaseName}."));
        }

        var builds = await builder.BuildAsync(
            [derivation], new BuildSettings { RootsDirectory = _roots }, new BuildLog(log), cancellationToken).ConfigureAwait(false);
        return builds[0].Failure is { } broken ? (null, Failed(broken, log)) : (derivation.System, null);
    }

    private static AttemptEnd Failed(BuildFailure failure, AttemptLog log)
    {
        log.WriteLine(failure.Message);
        foreach (var line in failure.LogTail)
        {
            log.WriteLine(line);
        }

        return new AttemptEnd(Outcome.BuildFailed, failure.Message) { IsTransient = failure.IsTransient };
    }

    private static AttemptEnd Judge(Activation activation, StorePath system) => activation.Verdict switch
    {
        ActivationVerdict.Done => new AttemptEnd(Outcome.Succeeded, "The host switched to the system."),
        ActivationVerdict.Degraded => new AttemptEnd(
            Outcome.Degraded,
            activation.FailedUnits.Count == 0
                ? "The host switched to the system, but units failed."
                : $"The host switched to the system, but units failed: {string.Join(", ", activation.FailedUnits)}."),
        ActivationVerdict.RebootNeeded => new AttemptEnd(Outcome.RebootNeeded, "The system cannot be switched to live; the next boot starts it."),
        _ => new AttemptEnd(Outcome.ActivationFailed, $"switch-to-configuration failed with exit code {activation.ExitCode}."),
    } with
    {
        Built = system,
        FailedUnits = activation.FailedUnits,
    };

    private sealed class BuildLog(AttemptLog log) : IProgress<FleetEvent>
    {
        public void Report(FleetEvent value)
        {
            if (value is FleetEvent.BuildLogged { } logged)
            {
                log.WriteLine($"{logged.Derivation}> {logged.Line}");
            }
        }
    }
}
