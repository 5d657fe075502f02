namespace Bento.Hosts;

/// <summary>
/// How many slips of the pen two words differ by: a letter too many, missing, replaced, or two that changed places. For "did you mean".
/// </summary>
internal static class EditDistance
{
    public static int Between(string left, string right)
    {
        var distance = Enumerable.Range(0, left.Length + 1).Select(_ => new int[right.Length + 1]).ToArray();
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                distance[i][j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => int.Min(
                        distance[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1),
                        int.Min(distance[i - 1][j], distance[i][j - 1]) + 1),
                };
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    distance[i][j] = int.Min(distance[i][j], distance[i - 2][j - 2] + 1);
                }
            }
        }

        return distance[left.Length][right.Length];
    }
}
