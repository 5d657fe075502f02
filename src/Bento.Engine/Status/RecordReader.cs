using System.Text.Json;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>
/// Reads a record from its bytes in one pass: status reads one for every host, and most of it are documents of other rooms, which are
/// handed to them as they stand there. Members that it does not know are passed over.
/// </summary>
internal ref struct RecordReader(ReadOnlySpan<byte> utf8)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private Utf8JsonReader _json = new(utf8);

    /// <exception cref="JsonException">The bytes are not a record of the schema.</exception>
    /// <exception cref="FormatException">A value is not in its grammar.</exception>
    public HostRecord Read(int schema)
    {
        var record = new HostRecord();
        var found = 0L;
        _ = _json.Read();
        while (NextMember() is { } member)
        {
            switch (member)
            {
                case "schema":
                    found = _json.GetInt32();
                    break;
                case "releases":
                    record = record with { Releases = List((ref RecordReader reader) => reader.ReadRelease()) };
                    break;
                case "attempts":
                    record = record with { Attempts = List((ref RecordReader reader) => reader.ReadAttempt()) };
                    break;
                case "bashLogs" when _json.TokenType != JsonTokenType.Null:
                    record = record with { BashLogs = List((ref RecordReader reader) => reader.ReadBashLog()) };
                    break;
                case "heartbeat" when _json.TokenType != JsonTokenType.Null:
                    record = record with { Heartbeat = ReportJson.ReadHeartbeat(Document()) };
                    break;
                case "heartbeatReceived" when _json.TokenType != JsonTokenType.Null:
                    record = record with { HeartbeatReceived = _json.GetDateTimeOffset() };
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        return found == schema && !_json.Read()
            ? record
            : throw new JsonException($"It has schema {found}; this program reads schema {schema}.");
    }

    private PublishedRelease ReadRelease()
    {
        Release? release = null;
        DateTimeOffset at = default;
        var by = string.Empty;
        IReadOnlyList<KeyFingerprint> signedBy = [];
        while (NextMember() is { } member)
        {
            switch (member)
            {
                case "release":
                    release = PayloadJson.Read(Document());
                    break;
                case "at":
                    at = _json.GetDateTimeOffset();
                    break;
                case "by":
                    by = _json.GetString()!;
                    break;
                case "signedBy" when _json.TokenType != JsonTokenType.Null:
                    signedBy = List((ref RecordReader reader) => KeyFingerprint.Parse(reader._json.GetString()!), JsonTokenType.String);
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        return new PublishedRelease
        {
            Release = release ?? throw new JsonException("A release is missing."),
            At = at,
            By = by,
            SignedBy = signedBy,
        };
    }

    private RecordedAttempt ReadAttempt()
    {
        long epoch = 0;
        long sequence = 0;
        var number = 0;
        var attempt = new RecordedAttempt(default, 0);
        while (NextMember() is { } member)
        {
            switch (member)
            {
                case "epoch":
                    epoch = _json.GetInt64();
                    break;
                case "sequence":
                    sequence = _json.GetInt64();
                    break;
                case "attempt":
                    number = _json.GetInt32();
                    break;
                case "start" when _json.TokenType != JsonTokenType.Null:
                    attempt = attempt with { Start = ReportJson.ReadStart(Document()) };
                    break;
                case "result" when _json.TokenType != JsonTokenType.Null:
                    attempt = attempt with { Result = ReportJson.ReadResult(Document()) };
                    break;
                case "received":
                    attempt = attempt with { Received = _json.GetDateTimeOffset() };
                    break;
                case "log":
                    attempt = attempt with { Log = Enum.Parse<LogState>(_json.GetString()!) };
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        return attempt with { Number = new ReleaseNumber(epoch, sequence), Attempt = number };
    }

    private BashLog ReadBashLog()
    {
        var stamp = string.Empty;
        StorePath system = default;
        BashOutcome outcome = default;
        DateTimeOffset received = default;
        while (NextMember() is { } member)
        {
            switch (member)
            {
                case "stamp":
                    stamp = _json.GetString()!;
                    break;
                case "system":
                    system = StorePath.Parse(_json.GetString()!);
                    break;
                case "outcome":
                    outcome = Enum.Parse<BashOutcome>(_json.GetString()!);
                    break;
                case "received":
                    received = _json.GetDateTimeOffset();
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        return new BashLog { Stamp = stamp, System = system, Outcome = outcome, Received = received };
    }

    /// <summary>Steps to the value of the next member of the object; null behind the last one.</summary>
    private string? NextMember()
    {
        // Here it stands at the begin of the object, or at the end of the value before.
        _ = _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var name = _json.TokenType == JsonTokenType.PropertyName ? _json.GetString() : throw new JsonException("An object was expected.");
        _ = _json.Read();
        return name;
    }

    private List<T> List<T>(ItemReader<T> read, JsonTokenType item = JsonTokenType.StartObject)
    {
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A list was expected.");
        }

        var items = new List<T>();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            items.Add(_json.TokenType == item ? read(ref this) : throw new JsonException($"A {item} was expected."));
        }

        return items;
    }

    /// <summary>The bytes of the value that begins here, whole; steps to its end.</summary>
    private ReadOnlySpan<byte> Document()
    {
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        return _utf8[start..(int)_json.BytesConsumed];
    }

    private delegate T ItemReader<T>(ref RecordReader reader);
}
