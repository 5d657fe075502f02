using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bento.Cli.Rendering;

/// <summary>How JSON is written for people's tools: indented, and with quotes and letters as they are (it goes to no web page).</summary>
internal static class JsonOutput
{
    public static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
