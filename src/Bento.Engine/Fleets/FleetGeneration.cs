using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Fleets;

/// <summary>
/// A fleet as its settings were at one time: a container of its own. It is closed when a later one has taken its place and nobody works
/// with it any more.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever returns it last disposes what it holds.")]
internal sealed class FleetGeneration(ServiceProvider services)
{
    private readonly CancellationTokenSource _replaced = new();
    private readonly Lock _lock = new();
    private int _users = 1;

    public IServiceProvider Services => services;

    /// <summary>Cancelled when a later one has taken its place: who follows it goes on with that one.</summary>
    public CancellationToken Replaced => _replaced.Token;

    /// <summary>Keeps it open. Called while it is the current one, which nobody has closed.</summary>
    public void Rent()
    {
        lock (_lock)
        {
            _users++;
        }
    }

    public async ValueTask ReturnAsync()
    {
        lock (_lock)
        {
            if (--_users > 0)
            {
                return;
            }
        }

        await services.DisposeAsync().ConfigureAwait(false);
        _replaced.Dispose();
    }

    /// <summary>No longer the current one: its last user closes it.</summary>
    public async Task RetireAsync()
    {
        await _replaced.CancelAsync().ConfigureAwait(false);
        await ReturnAsync().ConfigureAwait(false);
    }
}
