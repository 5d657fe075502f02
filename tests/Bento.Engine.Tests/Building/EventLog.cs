using System.Collections.Concurrent;
using Bento.Hosts;

namespace Bento.Engine.Tests.Building;

/// <summary>Keeps events, and wakes whoever waits for one.</summary>
internal sealed class EventLog : IProgress<FleetEvent>
{
    private readonly ConcurrentQueue<FleetEvent> _events = [];
    private readonly TaskCompletionSource _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<FleetEvent, bool> Awaits { get; init; } = _ => false;

    public Task Seen => _awaited.Task;

    public IReadOnlyList<FleetEvent> Events => [.. _events];

    public void Report(FleetEvent value)
    {
        _events.Enqueue(value);
        if (Awaits(value))
        {
            _awaited.TrySetResult();
        }
    }
}
