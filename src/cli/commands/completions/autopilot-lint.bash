# Completes autopilot-lint in bash 3.2 and later; bash-completion is not needed.

_autopilot_lint() {
    # The words as the program gets them: bash also splits at = and :.
    local line=${COMP_LINE:0:COMP_POINT} words=() count=0 i rest word
    for ((i = 0; i <= COMP_CWORD; i++)); do
        rest=${line#"${line%%[![:space:]]*}"}
        word=${COMP_WORDS[i]}
        # Nothing behind the cursor counts.
        ((i == COMP_CWORD)) && word=$rest
        if ((count > 0)) && [[ $rest == "$line" ]]; then
            words[count - 1]+=$word
        else
            words[count]=$word
            count=$((count + 1))
        fi
        line=${rest#"$word"}
    done
    # Bash replaces only what it takes for the word.
    local kept=${words[count - 1]%"$2"} value
    COMPREPLY=()
    while IFS=$'\t' read -r value _; do
        COMPREPLY+=("${value#"$kept"}")
    done < <("$1" __complete --index "$((count - 1))" -- "${words[@]}" 2> /dev/null)
    # The level follows.
    if [[ ${#COMPREPLY[@]} -gt 0 && ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace 2> /dev/null
    fi
}

# Where the program knows nothing, a file is meant.
complete -o bashdefault -o default -o nosort -F _autopilot_lint autopilot-lint 2> /dev/null ||
    complete -o bashdefault -o default -F _autopilot_lint autopilot-lint
