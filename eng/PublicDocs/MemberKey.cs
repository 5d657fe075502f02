namespace PublicDocs;

/// <summary>A member as its documentation id names it, with the number of its parameters instead of their types.</summary>
/// <param name="Kind">T, M, P, F or E.</param>
/// <param name="Name">The full name; of a method without the number of its type parameters.</param>
/// <param name="Parameters">How many parameters there are.</param>
internal readonly record struct MemberKey(char Kind, string Name, int Parameters)
{
    /// <summary>Reads an id like <c>M:Bento.Fleet.Add``1(System.String,System.Func{``0,System.Int32})</c>.</summary>
    public static MemberKey OfId(string id)
    {
        var open = id.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? id[2..] : id[2..open];
        var generic = name.IndexOf("``", StringComparison.Ordinal);
        return new MemberKey(id[0], generic < 0 ? name : name[..generic], open < 0 ? 0 : Count(id.AsSpan(open)));
    }

    private static int Count(ReadOnlySpan<char> list)
    {
        var (depth, count) = (0, 1);
        foreach (var character in list)
        {
            switch (character)
            {
                case '(' or '{' or '[':
                    depth++;
                    break;
                case ')' or '}' or ']':
                    if (--depth == 0)
                    {
                        return count;
                    }

                    break;
                case ',' when depth == 1:
                    count++;
                    break;
            }
        }

        return count;
    }
}
