using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Licet
{
    /// <summary>JSON, no more than licet's documents need. An object is a Dictionary of string to
    /// object, which keeps the order of what is added; an array a List of object; a number a long,
    /// or a double if it is not whole; the rest is string, bool and null.</summary>
    public static class Json
    {
        private const int DepthMax = 512;

        /// <summary>The text of a value; ArgumentException where JSON has no such value.</summary>
        public static string Write(object value)
        {
            var text = new StringBuilder();
            Write(text, value);
            return text.ToString();
        }

        /// <summary>The value of a text; FormatException where it is not JSON.</summary>
        public static object Read(string text)
        {
            var reader = new Reader(text);
            var value = reader.Value(0);
            reader.End();
            return value;
        }

        private static void Write(StringBuilder text, object value)
        {
            if (value is string words)
            {
                WriteString(text, words);
            }
            else if (value is IDictionary<string, object> members)
            {
                WriteObject(text, members);
            }
            else if (value is IEnumerable elements)
            {
                WriteArray(text, elements);
            }
            else
            {
                text.Append(Word(value));
            }
        }

        private static string Word(object value)
        {
            if (value == null)
            {
                return "null";
            }
            if (value is bool truth)
            {
                return truth ? "true" : "false";
            }
            if (value is int || value is long)
            {
                return Convert.ToString(value, CultureInfo.InvariantCulture);
            }
            if (value is double number && !double.IsNaN(number) && !double.IsInfinity(number))
            {
                return number.ToString("R", CultureInfo.InvariantCulture);
            }
            throw new ArgumentException("JSON has no " + value + ", a " + value.GetType());
        }

        private static void WriteObject(StringBuilder text, IDictionary<string, object> members)
        {
            var separator = "{";
            foreach (var member in members)
            {
                text.Append(separator);
                WriteString(text, member.Key);
                text.Append(':');
                Write(text, member.Value);
                separator = ",";
            }
            text.Append(members.Count == 0 ? "{}" : "}");
        }

        private static void WriteArray(StringBuilder text, IEnumerable elements)
        {
            text.Append('[');
            var separator = "";
            foreach (var element in elements)
            {
                text.Append(separator);
                Write(text, element);
                separator = ",";
            }
            text.Append(']');
        }

        private static void WriteString(StringBuilder text, string value)
        {
            text.Append('"');
            foreach (var character in value)
            {
                if (character == '"' || character == '\\')
                {
                    text.Append('\\').Append(character);
                }
                else if (character < ' ')
                {
                    text.Append("\\u").Append(((int)character).ToString("x4"));
                }
                else
                {
                    text.Append(character);
                }
            }
            text.Append('"');
        }

        private struct Reader
        {
            private readonly string text;
            private int at;

            public Reader(string text)
            {
                this.text = text;
                at = 0;
            }

            public object Value(int depth)
            {
                SkipSpace();
                if (depth > DepthMax)
                {
                    throw Unexpected();
                }
                switch (Peek())
                {
                    case '{': return Object(depth + 1);
                    case '[': return Array(depth + 1);
                    case '"': return String();
                    case 't': return Word("true", true);
                    case 'f': return Word("false", false);
                    case 'n': return Word("null", null);
                    default: return Number();
                }
            }

            public void End()
            {
                SkipSpace();
                if (at < text.Length)
                {
                    throw Unexpected();
                }
            }

            private Dictionary<string, object> Object(int depth)
            {
                var members = new Dictionary<string, object>();
                for (var first = true; More('{', '}', first); first = false)
                {
                    SkipSpace();
                    var key = String();
                    SkipSpace();
                    Take(':');
                    members[key] = Value(depth);
                }
                return members;
            }

            private List<object> Array(int depth)
            {
                var elements = new List<object>();
                for (var first = true; More('[', ']', first); first = false)
                {
                    elements.Add(Value(depth));
                }
                return elements;
            }

            // Takes what stands before an element, or the closing bracket.
            private bool More(char opening, char closing, bool first)
            {
                if (first)
                {
                    Take(opening);
                }
                SkipSpace();
                if (Peek() == closing)
                {
                    ++at;
                    return false;
                }
                if (!first)
                {
                    Take(',');
                }
                return true;
            }

            private string String()
            {
                Take('"');
                var value = new StringBuilder();
                while (Peek() != '"')
                {
                    if (Peek() < ' ')
                    {
                        throw Unexpected();
                    }
                    value.Append(text[at] == '\\' ? Escape() : text[at]);
                    ++at;
                }
                ++at;
                return value.ToString();
            }

            // Leaves `at` on the last character of the escape.
            private char Escape()
            {
                ++at;
                var plain = "\"\\/bfnrt".IndexOf(Peek());
                if (plain >= 0)
                {
                    return "\"\\/\b\f\n\r\t"[plain];
                }
                if (Peek() == 'u' && at + 4 < text.Length
                    && ushort.TryParse(text.Substring(at + 1, 4), NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture, out var code))
                {
                    at += 4;
                    return (char)code;
                }
                throw Unexpected();
            }

            private object Number()
            {
                var start = at;
                TakeIf('-');
                if (!TakeIf('0'))
                {
                    Digits();
                }
                var isWhole = true;
                if (TakeIf('.'))
                {
                    Digits();
                    isWhole = false;
                }
                if (TakeIf('e') || TakeIf('E'))
                {
                    if (!TakeIf('+'))
                    {
                        TakeIf('-');
                    }
                    Digits();
                    isWhole = false;
                }
                var number = text.Substring(start, at - start);
                return isWhole && long.TryParse(number, NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture, out var whole)
                    ? whole
                    : (object)double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
            }

            private void Digits()
            {
                if (Peek() < '0' || Peek() > '9')
                {
                    throw Unexpected();
                }
                while (Peek() >= '0' && Peek() <= '9')
                {
                    ++at;
                }
            }

            private object Word(string word, object value)
            {
                foreach (var character in word)
                {
                    Take(character);
                }
                return value;
            }

            private void SkipSpace()
            {
                while (Peek() == ' ' || Peek() == '\t' || Peek() == '\r' || Peek() == '\n')
                {
                    ++at;
                }
            }

            // NUL at the end: no text of JSON has one.
            private char Peek() => at < text.Length ? text[at] : '\0';

            private bool TakeIf(char wanted)
            {
                if (Peek() != wanted)
                {
                    return false;
                }
                ++at;
                return true;
            }

            private void Take(char wanted)
            {
                if (!TakeIf(wanted))
                {
                    throw Unexpected();
                }
            }

            private FormatException Unexpected()
            {
                var what = at < text.Length ? "'" + text[at] + "'" : "the end";
                return new FormatException("JSON: unexpected " + what + " at index " + at);
            }
        }
    }
}
