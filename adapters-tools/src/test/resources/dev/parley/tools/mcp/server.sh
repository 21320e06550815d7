# A server of tools that reads one message a line and says one a line. What a tool does is its name.
echo "greetings: this is no message"
echo "complaint $SECRET_OF_PARLEY" >&2
while read -r line; do
  id=$(printf '%s' "$line" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
  case "$line" in
    *'"initialize"'*)
      echo '{"jsonrpc":"2.0","id":"'"$id"'","result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"sh","version":"1"}}}' ;;
    *'"tools/list"'*)
      echo '{"jsonrpc":"2.0","id":"'"$id"'","result":{"tools":[{"name":"env","inputSchema":{"type":"object"}},{"name":"die","inputSchema":{"type":"object"}}]}}' ;;
    *'"name":"env"'*)
      echo '{"jsonrpc":"2.0","id":"'"$id"'","result":{"content":[{"type":"text","text":"'"$1/$GREETING/$SECRET_OF_PARLEY/$$"'"}]}}' ;;
    *'"name":"die"'*)
      exit 3 ;;
    *'"name":"flood"'*)
      head -c 3000000 /dev/zero | tr '\0' 'x'; echo ;;
    *'"name":"never"'*)
      echo "$id" > "$2.seen" ;;
    *'"notifications/cancelled"'*)
      echo "$line" > "$2" ;;
  esac
done
