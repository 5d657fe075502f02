namespace Bento.Configuration.Json;

/// <summary>Where a value stands.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Key">Its name as a setting: <c>hosts:web:tags:0</c>.</param>
internal readonly record struct JsonPlace(int Line, string Key);
