using Bento.Building;
using Bento.Publishing;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>The effects of fetching and building: what they do to the disk of the host, and what came of it.</summary>
internal sealed class BuildSteps(IOptions<AgentOptions> options, ISystemBuilder builder, IActivator activator)
{
    private readonly string _roots = Path.Join(options.Value.StateDirectory, "roots");
    private readonly ContentStore _content = new(Path.Join(options.Value.StateDirectory, "trees"), new ContentUnpacker(options.Value.MaxTreeBytes));

    public async Task<AttemptEvent> FetchAsync(IArea area, Release release, CancellationToken cancellationToken)
    {
        try
        {
            if (_content.Find(release.Content) is null)
            {
                await _content.FetchAsync(area, release.Content, cancellationToken).ConfigureAwait(false);
            }

            return new AttemptEvent.Fetched();
        }
        catch (ContentException exception)
        {
            return new AttemptEvent.Failed(Outcome.FetchFailed, exception.Message, exception.IsTransient);
        }
        catch (TransportException exception)
        {
            return new AttemptEvent.Failed(Outcome.FetchFailed, exception.Message, exception.IsTransient);
        }
        catch (IOException exception)
        {
            return new AttemptEvent.Failed(Outcome.FetchFailed, $"The content could not be stored: {exception.Message}", IsTransient: true);
        }
    }

    /// <summary>Builds the system, unless the machine runs and boots exactly the expected one already.</summary>
    public async Task<AttemptEvent> BuildAsync(Release release, AttemptLog log, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (release.ExpectedSystem is { } expected && machine.Running == expected && machine.Profile == expected)
        {
            return new AttemptEvent.Built(expected);
        }

        if (_content.Find(release.Content) is not { } tree)
        {
            return new AttemptEvent.Failed(Outcome.FetchFailed, "The unpacked content changed on the disk of the host.", IsTransient: true);
        }

        try
        {
            return await BuildAsync(release, tree, log, cancellationToken).ConfigureAwait(false);
        }
        catch (NixException exception)
        {
            return new AttemptEvent.Failed(Outcome.BuildFailed, exception.Message, IsTransient: false);
        }
    }

    /// <summary>Removes what only older releases need.</summary>
    public void Collect(Release current) => _content.KeepOnly(current.Content);

    private async Task<AttemptEvent> BuildAsync(Release release, string tree, AttemptLog log, CancellationToken cancellationToken)
    {
        var source = new ConfigurationSource(tree, release.Kind, release.Host.ToString());
        var attribute = release.Attribute ?? release.Host.ToString();
        var evaluation = await builder.EvaluateAsync(source, [attribute], cancellationToken).ConfigureAwait(false);
        if ((evaluation.Failure ?? (evaluation.Systems is [{ } only] ? only.Failure : null)) is { } failure)
        {
            return Failed(failure, log);
        }

        if (evaluation.Systems is not [{ Derivation: { } derivation }])
        {
            return new AttemptEvent.Failed(
                Outcome.BuildFailed, $"The content does not describe the host: it has no nixosConfigurations.{attribute}.", IsTransient: false);
        }

        if (release.ExpectedSystem is { } expected && derivation.System != expected)
        {
            return new AttemptEvent.Failed(
                Outcome.Mismatch,
                $"The configuration describes {derivation.System.BaseName} here, and the release expects {expected.BaseName}.",
                IsTransient: false);
        }

        var builds = await builder.BuildAsync(
            [derivation], new BuildSettings { RootsDirectory = _roots }, new BuildLog(log), cancellationToken).ConfigureAwait(false);
        return builds[0].Failure is { } broken ? Failed(broken, log) : new AttemptEvent.Built(derivation.System);
    }

    private static AttemptEvent.Failed Failed(BuildFailure failure, AttemptLog log)
    {
        log.Note(failure.Message);
        foreach (var line in failure.LogTail)
        {
            log.Note(line);
        }

        return new AttemptEvent.Failed(Outcome.BuildFailed, failure.Message, failure.IsTransient);
    }

    private sealed class BuildLog(AttemptLog log) : IProgress<FleetEvent>
    {
        public void Report(FleetEvent value)
        {
            if (value is FleetEvent.BuildLogged { } logged)
            {
                log.Note($"{logged.Derivation}> {logged.Line}");
            }
        }
    }
}
