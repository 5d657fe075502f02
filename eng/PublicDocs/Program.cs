using System.Xml.Linq;
using PublicDocs;

// PublicDocs <documentation.xml> <assembly.dll>   removes from the documentation what users of the assembly cannot see
if (args is not [var documentation, var assembly])
{
    Console.Error.WriteLine("usage: PublicDocs <documentation.xml> <assembly.dll>");
    return 2;
}

var surface = VisibleMembers.Of(assembly);
var document = XDocument.Load(documentation, LoadOptions.PreserveWhitespace);
foreach (var member in document.Descendants("member")
    .Where(member => !surface.Contains(MemberKey.OfId((string)member.Attribute("name")!)))
    .ToList())
{
    // With the line that it stood on.
    if (member.PreviousNode is XText space)
    {
        space.Remove();
    }

    member.Remove();
}

File.WriteAllText(documentation, document.Declaration + document.ToString(SaveOptions.DisableFormatting) + "\n");
return 0;
