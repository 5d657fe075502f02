using Bento.Agents.Closures;
using CsCheck;

namespace Bento.Engine.Tests.Agents.Closures;

public sealed class WindowStreamTests
{
    [Fact]
    public Task Exactly_the_part_passes_however_it_is_written() =>
        Gen.Select(Gen.Int[0, 120], Gen.Int[0, 120], Gen.Int[1, 50]).SampleAsync(async (offset, count, chunk) =>
        {
            byte[] content = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];
            using var passed = new MemoryStream();
            using var window = new WindowStream(passed, offset, count);
            foreach (var piece in content.Chunk(chunk))
            {
                await window.WriteAsync(piece, TestContext.Current.CancellationToken);
            }

            Assert.Equal(content.Skip(offset).Take(count), passed.ToArray());
        });
}
